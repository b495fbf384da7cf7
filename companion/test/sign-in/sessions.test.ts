import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { SessionData } from 'express-session';
import { sql } from 'kysely';
import { deleteExpiredSignIns } from '../../src/console/sign-in/one-time-links.ts';
import { SealedSessionStore } from '../../src/console/sign-in/sealed-session-store.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

let companion: TestConsole;
beforeAll(async () => {
  companion = await startConsole();
});
afterAll(() => companion.stop());
afterEach(() => {
  jest.useRealTimers();
});

/** Only the clock: everything that waits goes on waiting as it does. */
function letPass(minutes: number): void {
  const now = Date.now() + minutes * 60_000;
  jest.useRealTimers();
  jest.useFakeTimers({
    now,
    advanceTimers: true,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

async function openSignedIn(): Promise<ConsoleBrowser> {
  const browser = companion.openBrowser();
  expect((await browser.signIn()).status).toBe(200);
  return browser;
}
/** The answer is read to its end: only then is the use of the session stored. */
async function statusOf(browser: ConsoleBrowser, headers: Record<string, string> = {}): Promise<number> {
  const answer = await browser.call('GET', '/v1/session', { headers });
  await answer.text();
  return answer.status;
}

async function countSessions(): Promise<number> {
  const { rows } = await sql<{ sessions: number }>`
    select count(*)::int as sessions from console_session`.execute(companion.services.database.db);
  return rows[0]?.sessions ?? 0;
}

test('who is signed in is told who they are, and until when', async () => {
  const browser = await openSignedIn();
  const answer = await browser.call('GET', '/v1/session');
  const view = (await answer.json()) as { expiresAt: string };
  expect(view).toMatchObject({ name: 'one-time link', role: 'admin', csrfToken: browser.csrfToken });
  expect(Date.parse(view.expiresAt) - Date.now()).toBeGreaterThan(29 * 60_000);
  expect(Date.parse(view.expiresAt) - Date.now()).toBeLessThanOrEqual(30 * 60_000);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('who is not signed in is told how to', async () => {
  const answer = await companion.openBrowser().call('GET', '/v1/session');
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ title: 'Sign in first', signInWays: ['link'] });
});

test('looking around without signing in leaves no session and no cookie', async () => {
  const before = await countSessions();
  const browser = companion.openBrowser();
  await browser.call('GET', '/v1/session');
  await browser.call('POST', '/v1/session/link', { body: { token: 'wrong' } });
  expect(browser.cookies.size).toBe(0);
  expect(await countSessions()).toBe(before);
});

test('a session ends half an hour after it was last used', async () => {
  const browser = await openSignedIn();
  letPass(29);
  expect(await statusOf(browser)).toBe(200);
  letPass(29);
  expect(await statusOf(browser)).toBe(200);
  letPass(31);
  expect(await statusOf(browser)).toBe(401);
});

test('a page that refreshes itself does not keep a session alive', async () => {
  const browser = await openSignedIn();
  letPass(20);
  expect(await statusOf(browser, { 'x-background': '1' })).toBe(200);
  letPass(11);
  expect(await statusOf(browser)).toBe(401);
});

test('a session ends after twelve hours however much it is used', async () => {
  const browser = await openSignedIn();
  for (let hour = 0; hour < 24; hour++) {
    letPass(29);
    expect(await statusOf(browser)).toBe(200);
  }
  letPass(25);
  expect(await statusOf(browser)).toBe(401);
});

test('the end that is shown is never later than twelve hours after the sign-in', async () => {
  const browser = await openSignedIn();
  const signedInAt = Date.now();
  for (let hour = 0; hour < 24; hour++) {
    letPass(29);
    await statusOf(browser);
  }
  const { expiresAt } = (await (await browser.call('GET', '/v1/session')).json()) as { expiresAt: string };
  expect(Date.parse(expiresAt) - signedInAt).toBeLessThanOrEqual(12 * 3_600_000);
});

test('a session that ended while a long answer was on its way stays over', async () => {
  const { database, sealer, config } = companion.services;
  const browser = await openSignedIn();
  const [cookie = ''] = browser.cookies.values();
  const id = /^s%3A([^.]+)\./.exec(cookie)?.[1] ?? '';
  const store = new SealedSessionStore(database.pool, sealer, config.signIn);
  const data = await new Promise<SessionData>((resolve, reject) => {
    store.get(id, (error, found) => (found ? resolve(found) : reject(new Error(String(error)))));
  });
  letPass(31);
  await new Promise<void>((resolve) => store.touch(id, data, () => resolve()));
  expect(await statusOf(browser)).toBe(401);
});

test('signing out ends the session in every process, and the cookie opens nothing any more', async () => {
  const other = await companion.startAnother({ sealingKeys: companion.services.config.sealingKeys });
  const browser = await openSignedIn();
  const elsewhere = other.openBrowser();
  elsewhere.cookies = new Map(browser.cookies);
  expect(await statusOf(elsewhere)).toBe(200);
  expect((await browser.call('DELETE', '/v1/session')).status).toBe(204);
  expect(await statusOf(elsewhere)).toBe(401);
  expect(await statusOf(browser)).toBe(401);
  await other.stop();
});

test('a cookie that was known before the sign-in is not the one of the session', async () => {
  const browser = await openSignedIn();
  const before = [...browser.cookies.values()];
  await browser.signIn();
  expect([...browser.cookies.values()]).not.toEqual(before);
  const old = companion.openBrowser();
  old.cookies = new Map([...browser.cookies.keys()].map((name, index) => [name, before[index] ?? '']));
  expect(await statusOf(old)).toBe(401);
});

test('scripts cannot read the cookie, and other sites cannot have it sent with their posts', async () => {
  const [cookie] = (await companion.openBrowser().signIn()).headers.getSetCookie();
  expect(cookie).toMatch(/^upflow-companion=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('where browsers come by https the cookie never leaves by anything else, nor to another host', async () => {
  const secure = await startConsole({ publicUrl: 'https://companion.example' });
  const answer = await secure.openBrowser().signIn();
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-upflow-companion=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ]);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
  await secure.stop();
});

test('a made-up or changed cookie is no session', async () => {
  const browser = await openSignedIn();
  const [[name, value]] = [...browser.cookies] as [[string, string]];
  for (const changed of [value.slice(0, -2), value.replace('s%3A', ''), 's%3Amade-up.signature', '%00']) {
    browser.cookies.set(name, changed);
    expect(await statusOf(browser)).toBe(401);
  }
});

test('whoever can write to the database cannot make a session out of another, or change whose it is', async () => {
  const { db } = companion.services.database;
  const [victim, thief] = [await openSignedIn(), await openSignedIn()];
  expect(await statusOf(thief)).toBe(200);
  await sql`update console_session set sess = (select sess from console_session order by sid limit 1)`.execute(
    db,
  );
  const stillOpen = [await statusOf(victim), await statusOf(thief)].filter((status) => status === 200);
  expect(stillOpen.length).toBeLessThanOrEqual(1);
  await sql`update console_session set sess = '{"signedIn":{"way":"link","at":1}}'`.execute(db);
  expect([await statusOf(victim), await statusOf(thief)]).toEqual([401, 401]);
});

test('sessions and links that are over are deleted when the house is kept', async () => {
  const { db } = companion.services.database;
  await openSignedIn();
  await companion.makeToken();
  await deleteExpiredSignIns(db);
  expect(await countSessions()).toBeGreaterThan(0);
  letPass(24 * 60);
  await deleteExpiredSignIns(db);
  expect(await countSessions()).toBe(0);
  expect(await db.selectFrom('console_link').selectAll().execute()).toEqual([]);
});

test('sessions live on when a new encryption key is put before the old one', async () => {
  const [old] = companion.services.config.sealingKeys;
  if (old === undefined) throw new Error('no key');
  const browser = await openSignedIn();
  const newer = { name: 'newer', key: Buffer.alloc(32, 7) };
  const rotated = await companion.startAnother({ sealingKeys: [newer, old] });
  const elsewhere = rotated.openBrowser();
  elsewhere.cookies = new Map(browser.cookies);
  expect(await statusOf(elsewhere)).toBe(200);
  await rotated.stop();
});
