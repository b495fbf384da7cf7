import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

let companion: TestConsole;
let browser: ConsoleBrowser;
beforeAll(async () => {
  companion = await startConsole({ publicUrl: 'http://companion.example' });
  browser = companion.openBrowser();
  await browser.signIn();
});
afterAll(() => companion.stop());

/** Signs out, which is the least that a forged request could do. */
async function change(headers: Record<string, string>, without: readonly string[] = []): Promise<number> {
  const { csrfToken = '' } = browser;
  const all: Record<string, string> = {
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'x-csrf-token': csrfToken,
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  const { status } = await fetch(`${companion.url}/v1/session`, { method: 'DELETE', headers: sent });
  if (status === 204) await browser.signIn();
  return status;
}

test('a change without the token of the session is refused', async () => {
  expect(await change({}, ['x-csrf-token'])).toBe(403);
  for (const token of ['', 'undefined', 'null', `${browser.csrfToken}0`]) {
    expect(await change({ 'x-csrf-token': token })).toBe(403);
  }
});

test('the token of another session is refused', async () => {
  const other = companion.openBrowser();
  await other.signIn();
  expect(await change({ 'x-csrf-token': other.csrfToken ?? '' })).toBe(403);
});

test('a change that a page of another site asked for is refused, whatever it knows', async () => {
  for (const site of ['cross-site', 'same-site', 'whatever']) {
    expect(await change({ 'sec-fetch-site': site })).toBe(403);
  }
  for (const origin of [
    'https://evil.example',
    'null',
    'http://companion.example.evil.example',
    'http://127.0.0.1',
  ]) {
    expect(await change({ origin })).toBe(403);
  }
});

test('a change from a page of the console is made, also by browsers that say only where it came from', async () => {
  expect(await change({ 'sec-fetch-site': 'same-origin' })).toBe(204);
  expect(await change({ origin: 'http://companion.example' })).toBe(204);
  expect(await change({ origin: companion.url })).toBe(204);
});

test('a page of another site cannot sign somebody in as somebody else', async () => {
  const answer = await companion.openBrowser().call('POST', '/v1/session/link', {
    body: { token: await companion.makeToken() },
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status).toBe(403);
});

test('a link to a page of the console works from anywhere', async () => {
  const answer = await browser.call('GET', '/v1/session', { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(answer.status).toBe(200);
});

test('whoever shows a wrong API token is not let in by the session beside it', async () => {
  const answer = await browser.call('GET', '/v1/session', { headers: { authorization: 'Bearer wrong' } });
  expect(answer.status).toBe(401);
});
