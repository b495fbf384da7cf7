import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createTestDatabase } from '../support/create-test-database.ts';
import { spawnCompanion } from '../support/spawn-companion.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

const PRINT = join(import.meta.dirname, '../../src/print-console-link.ts');

let companion: TestConsole;
beforeAll(async () => {
  companion = await startConsole();
});
afterAll(() => companion.stop());

const signInWith = (token: string, browser: ConsoleBrowser = companion.openBrowser()) =>
  browser.call('POST', '/v1/session/link', { body: { token } });

async function readAudit(): Promise<{ actor: string; action: string; connection_id: string | null }[]> {
  const { db } = companion.services.database;
  return db
    .selectFrom('audit')
    .select(['actor', 'action', 'connection_id'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .execute();
}

function printLink(environment: Record<string, string>): Promise<{ out: string; error: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [PRINT],
      { env: { PATH: process.env.PATH, ...environment } },
      (_, out, error) => resolve({ out: out.trim(), error }),
    );
  });
}

test('a link signs in as an admin, and the audit log says so', async () => {
  const answer = await signInWith(await companion.makeToken());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ role: 'admin' });
  expect(await readAudit()).toEqual([{ actor: 'one-time link', action: 'signed in', connection_id: null }]);
});

test('a link works once, also when it is opened many times at once', async () => {
  const token = await companion.makeToken();
  const answers = await Promise.all(Array.from({ length: 5 }, () => signInWith(token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  await signInWith(await companion.makeToken());
});

test('a link that is older than 15 minutes, made up or cut off does not work, and the refusal is recorded', async () => {
  const old = await companion.makeToken();
  await sql`update console_link set expires_at = expires_at - interval '15 minutes'`.execute(
    companion.services.database.db,
  );
  const fresh = await companion.makeToken();
  for (const token of [old, 'made-up', fresh.slice(0, -1), '']) {
    const answer = await signInWith(token);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      type: 'urn:upflow-companion:problem:link-not-valid',
      detail: expect.stringContaining('npm run console-link'),
    });
    expect(await readAudit()).toMatchObject([{ action: 'sign-in refused', connection_id: null }]);
  }
  expect((await signInWith(fresh)).status).toBe(200);
});

test('whoever tries link after link is stopped and told for how long, also when they name other addresses as theirs', async () => {
  const guarded = await companion.startAnother();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 21; attempt++) {
    statuses.push((await signInWith('wrong', guarded.openBrowser())).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
  const token = await companion.makeToken();
  const answer = await signInWith(token, guarded.openBrowser());
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200);
  expect(await answer.json()).toMatchObject({ title: 'Too many requests' });
  await guarded.stop();
});

test('where links are switched off none is taken, and those who came by one are out', async () => {
  const { config } = companion.services;
  const { sealingKeys } = config;
  const closed = await companion.startAnother({ sealingKeys, signIn: { ...config.signIn, links: false } });
  const browser = closed.openBrowser();
  expect((await browser.signIn()).status).toBe(401);
  const signedIn = companion.openBrowser();
  await signedIn.signIn();
  browser.cookies = signedIn.cookies;
  const answer = await browser.call('GET', '/v1/session');
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ signInWays: [] });
  await closed.stop();
});

test('a new link is made only for those who know the encryption keys', async () => {
  const browser = companion.openBrowser();
  const ask = (authorization: string) =>
    browser.call('POST', '/v1/session/links', { headers: { authorization } });
  for (const wrong of ['', 'Bearer ', 'Bearer undefined', `Bearer ${'a'.repeat(43)}`]) {
    expect((await ask(wrong)).status).toBe(403);
  }
  const [key] = companion.services.sealer.derive('console links');
  const answer = await ask(`Bearer ${key}`);
  expect(answer.status).toBe(201);
  const { url } = (await answer.json()) as { url: string };
  expect(url).toMatch(new RegExp(`^${companion.url}/console/sign-in#[\\w-]{43}$`));
  expect((await signInWith(url.split('#')[1] ?? '')).status).toBe(200);
});

test('the companion hands a link to the process that started it, and the command prints another', async () => {
  const testDatabase = await createTestDatabase();
  const running = await spawnCompanion(testDatabase.environment);
  const { port } = new URL(running.url);
  const { out } = await printLink({ ...testDatabase.environment, PORT: port });
  for (const link of [running.consoleLink ?? '', out]) {
    const [page, token] = link.split('#');
    expect(page).toBe(`${running.url}/console/sign-in`);
    const answer = await fetch(`${running.url}/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(answer.status).toBe(200);
  }
  await running.kill('SIGTERM');
  const late = await printLink({ ...testDatabase.environment, PORT: port });
  expect(late).toMatchObject({ out: '', error: expect.stringContaining('No companion answers at') });
  await testDatabase.remove();
});

test('the command says so when it looks for the companion in the wrong place', async () => {
  const { out, error } = await printLink({ DATA_DIR: join(import.meta.dirname, 'nowhere') });
  expect(out).toBe('');
  expect(error).toContain('Set DATA_DIR as it has it');
});
