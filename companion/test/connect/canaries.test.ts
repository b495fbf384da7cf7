import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { placeOf } from '../../src/connect/connection-directory.ts';
import { readSession } from '../../src/store/sessions.ts';
import { openConnecting, type Connecting } from './open-connecting.ts';

let connecting: Connecting;
let answers = '';
beforeAll(async () => {
  connecting = await openConnecting();
  const call = connecting.browser.call.bind(connecting.browser);
  connecting.browser.call = async (...given) => {
    const answer = await call(...given);
    answers += `${[...answer.headers].join('\n')}\n${await answer.clone().text()}\n`;
    return answer;
  };
});
afterAll(() => connecting.stop());

/** All rows of all tables, as text. */
async function dump(): Promise<string> {
  const { db } = connecting.console.services.database;
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  let text = '';
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    text += rows.map(({ row }) => row).join('\n');
  }
  return text;
}

test('tokens, keys and secrets are in no answer, no log line and no row in clear', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { services, logLines } = connecting.console;
  const { clientId } = connecting.org.simulator;
  const canaries = new Map([
    ['client secret', 'canary-client-secret'],
    ['private key', privateKey.split('\n')[3] ?? ''],
  ]);
  await connecting.org.control('PUT', '/apps', { clientSecret: 'canary-client-secret' });
  const domain = connecting.org.simulator.org.url;
  const id = await connecting.make('Canaries');
  await connecting.api('PUT', `/${id}/salesforce`, {
    flow: 'web-server',
    domain,
    clientId,
    clientSecret: 'canary-client-secret',
  });
  const begun = await connecting.begin(id);
  const url = new URL(begun.url);
  const { callback } = await connecting.walk(begun.url);
  await connecting.browser.call('GET', `${callback?.pathname ?? ''}${callback?.search ?? ''}`);
  const stored = await readSession(services.database.db, id);
  canaries.set('access token', services.sealer.open(stored.accessToken ?? '', placeOf.accessToken(id)));
  canaries.set('refresh token', services.sealer.open(stored.refreshToken ?? '', placeOf.refreshToken(id)));
  canaries.set('code', callback?.searchParams.get('code') ?? '');

  const jwt = await connecting.make('Canaries by key');
  await connecting.api('PUT', `/${jwt}/salesforce`, {
    flow: 'jwt-bearer',
    domain,
    clientId: 'unknown',
    username: 'u@example.com',
    privateKey,
  });
  await connecting.api('POST', `/${jwt}/salesforce/connect`);
  connecting.org.simulator.org.sessions.revokeApp(clientId);
  await connecting.api('GET', `/${id}/salesforce/permissions`);
  await connecting.api('GET', '');

  const rows = await dump();
  const log = logLines.join('\n');
  for (const [what, canary] of canaries) {
    expect(canary.length).toBeGreaterThan(10);
    expect({ what, inAnswers: answers.includes(canary) }).toEqual({ what, inAnswers: false });
    expect({ what, inLog: log.includes(canary) }).toEqual({ what, inLog: false });
    expect({ what, inRows: rows.includes(canary) }).toEqual({ what, inRows: false });
  }
  // The state goes through the browser, so it is in one answer; nowhere else.
  const state = url.searchParams.get('state') ?? '';
  expect([log.includes(state), rows.includes(state)]).toEqual([false, false]);
});

test('each change by a person is in the audit log, under their name, in an unbroken chain', async () => {
  const { rows } = await sql<{ action: string; actor: string }>`
    select action, actor from audit where connection_id = 'canaries' order by sequence`.execute(
    connecting.console.services.database.db,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'connection made',
    'Salesforce sign-in changed',
    'Salesforce sign-in changed',
    'authorization begun',
    'connected to Salesforce',
    'connection lost',
  ]);
  expect(rows.slice(0, 5).every(({ actor }) => actor !== 'companion')).toBe(true);
  expect(rows[5]?.actor).toBe('companion');
});
