import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { verifySignature } from './verify-signature.ts';
import { startUpflowSimulator } from '../../../simulators/upflow/start-upflow-simulator.ts';
import { openUpflow } from './open-upflow.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.from('another one, just as long as that').toString('base64')}`;
let upflow: Awaited<ReturnType<typeof openUpflow>>;
/** Takes pushes and remembers whose signature each of them has. */
let receiver: Server;
let address: string;
const signedWith: string[] = [];

beforeAll(async () => {
  upflow = await openUpflow();
  receiver = createServer((req, res) => {
    void verifySignature(req, [SECRET, OTHER_SECRET]).then((secret) => {
      signedWith.push(`${req.url} ${secret}`);
      res.writeHead(req.url === '/refuses' ? 401 : 202).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterEach(async () => {
  const { body } = await upflow.control('GET', '/pushes');
  for (const { url } of body as unknown as { url: string }[])
    await upflow.control('DELETE', '/pushes', { url });
  signedWith.length = 0;
});
afterAll(async () => {
  await upflow.close();
  await new Promise((resolve) => receiver.close(resolve));
});

test('a change is pushed to every address, signed with the secret of each', async () => {
  await upflow.control('PUT', '/pushes', { url: `${address}/one`, secret: SECRET });
  await upflow.control('PUT', '/pushes', { url: `${address}/two`, secret: OTHER_SECRET });
  const { body } = await upflow.control('PUT', '/customers', [{ id: 'c', name: 'A' }]);
  expect(body).toEqual({ customers: 1, sent: 2, accepted: 2, refused: 0 });
  expect(signedWith).toEqual([`/one ${SECRET}`, `/two ${OTHER_SECRET}`]);
});

test('what the API changes of a customer is pushed a moment later, several changes as one', async () => {
  await upflow.control('PUT', '/pushes', { url: `${address}/one`, secret: SECRET });
  const edge = '/customers/external:285';
  await upflow.write('PUT', edge, { vatNumber: '1' });
  await upflow.write('PUT', edge, { vatNumber: '2' });
  for (let wait = 0; signedWith.length === 0 && wait < 500; wait++) await upflow.control('GET', '/stats');
  await upflow.control('PUT', '/settings', { pushApiChanges: false });
  await upflow.write('PUT', edge, { vatNumber: '3' });
  await upflow.control('PUT', '/customers', [{ id: 'c', name: 'A' }]);
  expect(signedWith).toEqual([`/one ${SECRET}`, `/one ${SECRET}`]);
  await upflow.control('PUT', '/settings', { pushApiChanges: true });
});

test('an address that is given again changes its secret, and is served once', async () => {
  await upflow.control('PUT', '/pushes', { url: `${address}/one`, secret: SECRET });
  await upflow.control('PUT', '/pushes', { url: `${address}/one`, secret: OTHER_SECRET });
  await upflow.control('PUT', '/customers', [{ id: 'c', name: 'A' }]);
  expect(signedWith).toEqual([`/one ${OTHER_SECRET}`]);
});

test('a person pastes address and secret into the page, saves, and sends all customers', async () => {
  const saved = await upflow.submit('/settings/pushes', { url: ` ${address}/one `, secret: `${SECRET}\n` });
  expect(saved.page).toContain('Saved.');
  const sent = await upflow.submit('/settings/pushes/send', {});
  const { body } = await upflow.control('GET', '/stats');
  expect(sent.page).toContain(`${String(body.customers)} accepted, 0 refused`);
  expect(signedWith).toContain(`/one ${SECRET}`);
  const removed = await upflow.submit('/settings/pushes/remove', { url: `${address}/one` });
  expect(removed.page).not.toContain(`${address}/one`);
});

test('the page says what is wrong with what was typed, and keeps it', async () => {
  const { status, page } = await upflow.submit('/settings/pushes', { url: 'nowhere', secret: '"whsec"' });
  expect(status).toBe(400);
  expect(page).toContain('The push address must be');
  expect(page).toContain('The push secret must be');
  expect(page).toContain('value="&#34;whsec&#34;"');
});

test('the page says how an address refuses, and that nobody is there', async () => {
  await upflow.control('PUT', '/pushes', { url: `${address}/refuses`, secret: SECRET });
  await upflow.control('PUT', '/pushes', { url: 'http://127.0.0.1:9/', secret: SECRET });
  const { page } = await upflow.submit('/settings/pushes/send', {});
  expect(page).toContain('refused. 401');
  expect(page).toContain('Nobody answers at this address.');
});

test('push addresses, customers and rotated keys are kept between starts, for the eyes of their owner only', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'upflow-'));
  const storeFile = join(directory, 'upflow.sqlite');
  const given = { storeFile, apiKey: 'first key', apiSecret: 'first secret' };
  const control = (url: string, path: string, method = 'GET', body?: unknown) =>
    fetch(`${url}/_simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const before = await startUpflowSimulator(given);
  await control(before.url, '/pushes', 'PUT', { url: 'http://127.0.0.1:9/', secret: SECRET });
  await control(before.url, '/api-keys', 'PUT', { apiKey: 'second key' });
  before.connect('http://127.0.0.1:9/demo', SECRET);
  await control(before.url, '/customers', 'PUT', [
    { id: 'kept', name: 'Kept', amountDue: 5, currency: 'USD' },
  ]);
  await before.close();
  const after = await startUpflowSimulator(given);
  expect(after.keys()).toEqual(before.keys());
  expect(await (await control(after.url, '/pushes')).json()).toEqual([{ url: 'http://127.0.0.1:9/' }]);
  expect(await (await control(after.url, '/customers/kept')).json()).toMatchObject({ amountDue: 5 });
  await after.close();
  const other = await startUpflowSimulator({ ...given, apiKey: 'key of a new demo' });
  expect(other.keys()).toEqual({ apiKey: 'key of a new demo', apiSecret: 'first secret' });
  await other.close();
  expect(statSync(storeFile).mode & 0o077).toBe(0);
  rmSync(directory, { recursive: true });
});
