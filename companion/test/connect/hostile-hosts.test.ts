import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { readDomain } from '../../src/salesforce/read-domain.ts';
import { readSalesforceOrigin } from '../../src/salesforce/allow-origin.ts';
import { requestToken } from '../../src/salesforce/request-token.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

/** Strings that somebody might enter, or an answer might name, to have the companion call another host. */
const HOSTILE = [
  'my.salesforce.com.evil.com',
  'acme.my.salesforce.com.evil.com',
  'https://acme.my.salesforce.com.evil.com',
  'evil.com/acme.my.salesforce.com',
  'evil.com?acme.my.salesforce.com',
  'evil.com#acme.my.salesforce.com',
  'https://evil.com#.my.salesforce.com',
  'https://evil.com/.my.salesforce.com',
  'evil.com\\@acme.my.salesforce.com',
  'https://evil.com\\@acme.my.salesforce.com',
  'https://acme.my.salesforce.com\\@evil.com',
  'https://acme.my.salesforce.com\\.evil.com',
  'acme.my.salesforce.com@evil.com',
  'https://acme.my.salesforce.com@evil.com',
  'https://acme.my.salesforce.com:443@evil.com',
  'https://user:pass@acme.my.salesforce.com',
  'https://user@acme.my.salesforce.com',
  'acme.my.salesforce.com:8443',
  'https://acme.my.salesforce.com:444',
  'http://acme.my.salesforce.com',
  'ftp://acme.my.salesforce.com',
  'file:///etc/passwd',
  'gopher://acme.my.salesforce.com',
  'javascript:alert(1)//.my.salesforce.com',
  'data:text/plain,acme.my.salesforce.com',
  'https:acme.my.salesforce.com@evil.com',
  'https:///evil.com/.my.salesforce.com',
  '//evil.com/.my.salesforce.com',
  'acme.my.salesforce.com.',
  'https://acme.my.salesforce.com./',
  '.my.salesforce.com',
  'my.salesforce.com',
  'salesforce.com',
  'evil.salesforce.com',
  'acme.salesforce.com',
  'acme.my.salesforce.com..evil.com',
  'a.b.my.salesforce.com',
  'acme.free.my.salesforce.com',
  'acme.sfdctest.my.salesforce.com',
  'acme.my.salesforce-sites.com',
  'acme.my.site.com',
  'acme.my.salesforce.com.cn',
  'acme.mysalesforce.com',
  'acmemy.salesforce.com',
  'acme-my.salesforce.com',
  'xn--acme-epa.my.salesforce.com',
  'acmé.my.salesforce.com',
  'acme.my。salesforce.com',
  'acme.my.salesforce．com',
  'ａcme.my.salesforce.com',
  'acme.my.ſalesforce.com',
  'acme.my.salesforce.com\n.evil.com',
  'acme.my.salesforce.com\r\nHost: evil.com',
  'acme\0.my.salesforce.com',
  'evil.com\0.my.salesforce.com',
  'evil.com%00.my.salesforce.com',
  'evil.com%2f.my.salesforce.com',
  'evil.com%23.my.salesforce.com',
  'acme.my.salesforce.com%2eevil.com',
  'evil.com\t.my.salesforce.com',
  'evil.com .my.salesforce.com',
  'https://evil.com\n@acme.my.salesforce.com',
  '-acme.my.salesforce.com',
  'acme-.my.salesforce.com',
  `${'a'.repeat(64)}.my.salesforce.com`,
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  'http://127.0.0.1:3002',
  'https://127.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  'https://[::1]/.my.salesforce.com',
  'localhost',
  'localhost.my.salesforce.com.localhost',
  '169.254.169.254',
  'http://169.254.169.254/latest/meta-data',
  'metadata.google.internal',
  '10.0.0.1',
  'acme.my.salesforce.com.nip.io',
  'login.salesforce.com.evil.com',
  'login.salesforce.com@evil.com',
  'evil.com/login.salesforce.com',
  'loginxsalesforce.com',
  'test.salesforce.com:22',
  'login-salesforce.com',
];

let console: TestConsole;
let browser: ConsoleBrowser;
let contacted: string[];
const originalFetch = globalThis.fetch;

beforeAll(async () => {
  console = await startConsole({ salesforceApp: { clientId: 'app', clientSecret: 'secret' } });
  browser = console.openBrowser();
  await browser.signIn();
  const made = await browser.call('POST', '/v1/connections', { body: { name: 'Hosts' } });
  expect(made.status).toBe(201);
});
beforeEach(() => {
  contacted = [];
  // All that leaves this process goes through fetch; a call to anybody but the test's own companion is counted.
  jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith(console.url)) return originalFetch(input, init);
    contacted.push(url);
    return Promise.reject(new TypeError('nothing may be contacted'));
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await console.stop();
});

test.each(HOSTILE)('%j is refused by name of the field, and nobody is contacted', async (domain) => {
  for (const body of [
    { flow: 'web-server', domain },
    { flow: 'client-credentials', domain, clientId: 'id', clientSecret: 'secret' },
  ]) {
    const answer = await browser.call('PUT', '/v1/connections/hosts/salesforce', { body });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ field: 'domain', problem: expect.any(String) }] });
  }
  await expect(requestToken(domain, {}, { timeoutInMs: 1000 })).rejects.toMatchObject({
    problem: 'forbidden-host',
  });
  expect(contacted).toEqual([]);
});

test('there are at least sixty of them', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
});

/** Pieces that hosts are made of, and what confuses those who read them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'acme',
      'evil.com',
      'my.salesforce.com',
      '.my.salesforce.com',
      'login.salesforce.com',
      'sandbox',
      'test',
    ],
    ...[
      'https://',
      'http://',
      '//',
      '/',
      '\\',
      '@',
      ':',
      ':443',
      '#',
      '?',
      '.',
      '..',
      '%2e',
      '%00',
      '\0',
      '\r\n',
      ' ',
    ],
    ...[
      '。',
      '．',
      'xn--',
      '--',
      '-',
      '127.0.0.1',
      '[::1]',
      '0x7f.1',
      'localhost',
      'ſ',
      'ａ',
      '\u00ad',
      '\u202e',
    ],
  ),
  fc.string({ maxLength: 5 }),
  fc.domain(),
);

const ALLOWED =
  /^https:\/\/(?:(?:login|test)\.salesforce\.com|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|patch|trailblaze))?\.my\.salesforce\.com)$/;

test('of 10,000 that are put together at random, none leads anywhere but to a host of Salesforce itself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (pieces) => {
      const text = pieces.join('');
      const domain = readDomain(text);
      const named = readSalesforceOrigin(text);
      if ('origin' in domain) expect(domain.origin).toMatch(ALLOWED);
      if (named !== undefined) expect(named).toMatch(ALLOWED);
      // What the gate lets through is read by everybody as the same host.
      for (const origin of ['origin' in domain ? domain.origin : undefined, named]) {
        if (origin !== undefined) expect(new URL(origin).origin).toBe(origin);
      }
      if (named === undefined) {
        await expect(requestToken(text, {}, { timeoutInMs: 1000 })).rejects.toMatchObject({
          problem: 'forbidden-host',
        });
      }
    }),
    { numRuns: 10_000 },
  );
  expect(contacted).toEqual([]);
});
