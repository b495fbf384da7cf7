import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { checkHost, isPublicAddress, readWebhookUrl } from '../../src/alerts/check-address.ts';
import { sendWebhook } from '../../src/alerts/send-webhook.ts';
import { newPushSecret } from '../support/sign-push.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function receive(answer: RequestListener): Promise<{ url: string; port: number; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((req, res) => {
    requests.push(req.url ?? '');
    answer(req, res);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, port, requests };
}

const secret = newPushSecret();
const send = (url: string, more: Partial<Parameters<typeof sendWebhook>[0]> = {}) =>
  sendWebhook({
    url,
    secret,
    id: 'message-1',
    body: '{"type":"alert.test"}',
    rules: { allowPrivate: true },
    ...more,
  });

describe('a webhook is never sent to an address like', () => {
  test.each([
    ['no address at all', 'acme'],
    ['http', 'http://example.com/'],
    ['another scheme', 'ftp://example.com/'],
    ['a file', 'file:///etc/passwd'],
    ['another port', 'https://example.com:8443/'],
    ['the port of http', 'https://example.com:80/'],
    ['a user name', 'https://anna@example.com/'],
    ['a password', 'https://:secret@example.com/'],
    ['this machine', 'https://127.0.0.1/'],
    ['this machine, short', 'https://127.1/'],
    ['this machine, hexadecimal', 'https://0x7f.1/'],
    ['this machine, octal', 'https://0177.0.0.1/'],
    ['this machine, one number', 'https://2130706433/'],
    ['this machine, full-width', 'https://１２７.０.０.１/'],
    ['this machine by name', 'https://localhost/'],
    ['any address of this machine', 'https://0.0.0.0/'],
    ['this machine, IPv6', 'https://[::1]/'],
    ['no address, IPv6', 'https://[::]/'],
    ['this machine, mapped', 'https://[::ffff:127.0.0.1]/'],
    ['this machine, compatible', 'https://[::127.0.0.1]/'],
    ['this machine, 6to4', 'https://[2002:7f00:1::]/'],
    ['this machine, NAT64', 'https://[64:ff9b::7f00:1]/'],
    ['local NAT64', 'https://[64:ff9b:1::1]/'],
    ['Teredo', 'https://[2001::1]/'],
    ['private 10', 'https://10.0.0.1/'],
    ['private 172.16', 'https://172.16.0.1/'],
    ['private 192.168', 'https://192.168.1.1/'],
    ['carrier-grade NAT', 'https://100.64.0.1/'],
    ['cloud metadata', 'https://169.254.169.254/latest/meta-data'],
    ['link-local IPv6', 'https://[fe80::1]/'],
    ['unique local IPv6', 'https://[fd00:ec2::254]/'],
    ['site-local IPv6', 'https://[fec0::1]/'],
    ['documentation', 'https://192.0.2.1/'],
    ['documentation, IPv6', 'https://[2001:db8::1]/'],
    ['benchmarking', 'https://198.18.0.1/'],
    ['multicast', 'https://224.0.0.1/'],
    ['multicast, IPv6', 'https://[ff02::1]/'],
    ['broadcast', 'https://255.255.255.255/'],
    ['reserved', 'https://240.0.0.1/'],
  ])('%s: %s', async (_name, url) => {
    const attempt = async () => checkHost(readWebhookUrl(url, false), { allowPrivate: false });
    await expect(attempt()).rejects.toMatchObject({ name: 'AddressRefused' });
  });

  test.each([
    ['a private address', [{ address: '127.0.0.1', family: 4 }]],
    [
      'a public and a private address',
      [
        { address: '93.184.216.34', family: 4 },
        { address: '10.1.2.3', family: 4 },
      ],
    ],
    ['nothing', []],
  ])('a name that means %s', async (_name, addresses) => {
    const receiver = await receive((_req, res) => res.end());
    const rules = { allowPrivate: false, resolve: () => Promise.resolve(addresses) };
    await expect(send('https://hooks.example.com/', { rules })).rejects.toMatchObject({
      name: 'AddressRefused',
    });
    expect(receiver.requests).toEqual([]);
  });
});

test('public addresses are let in', async () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450::1'])
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  const resolve = () => Promise.resolve([{ address: '93.184.216.34', family: 4 }]);
  expect(await checkHost(new URL('https://hooks.example.com/'), { allowPrivate: false, resolve })).toEqual({
    address: '93.184.216.34',
    family: 4,
  });
});

test('a webhook goes to the very address that was checked, whatever the name means by then, and can be verified', async () => {
  let got: { headers: IncomingMessage['headers']; body: string } | undefined;
  const receiver = await receive((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      got = { headers: req.headers, body };
      res.end('thanks');
    });
  });
  const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  await send(`http://no-such-host.invalid:${receiver.port}/hook`, {
    rules: { allowPrivate: true, resolve },
  });
  expect(got?.headers.host).toBe(`no-such-host.invalid:${receiver.port}`);
  const headers = got?.headers as Record<string, string>;
  expect(new Webhook(secret).verify(got?.body ?? '', headers)).toEqual({ type: 'alert.test' });
  expect(headers['webhook-id']).toBe('message-1');
});

test('a redirect is not followed', async () => {
  const target = await receive((_req, res) => res.end());
  const receiver = await receive((_req, res) => res.writeHead(307, { location: target.url }).end());
  await expect(send(receiver.url)).rejects.toThrow('not followed');
  expect(target.requests).toEqual([]);
});

test.each([
  ['an error', (_req, res) => res.writeHead(500).end('Anna owes 5'), 'The receiver answered 500.'],
  ['no answer', () => undefined, 'The receiver did not answer in time.'],
  ['an answer that never ends', (_req, res) => res.write('x'), 'The receiver did not answer in time.'],
  ['a closed connection', (req) => req.socket.destroy(), 'could not be reached'],
] satisfies [string, RequestListener, string][])(
  '%s fails in time, and says why',
  async (_name, answer, why) => {
    const receiver = await receive(answer);
    await expect(send(receiver.url, { deadlineInMs: 500 })).rejects.toThrow(why);
  },
);

test('a very long answer is cut, and counts as it began', async () => {
  const receiver = await receive((_req, res) => {
    res.writeHead(200);
    const pour = (): unknown =>
      res.write('x'.repeat(65_536)) ? setImmediate(pour) : res.once('drain', pour);
    pour();
  });
  await send(receiver.url, { deadlineInMs: 5000 });
});
