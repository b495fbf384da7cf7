import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { placeOf } from '../../src/connect/connection-directory.ts';
import { newSealingKey } from '../../src/connect/seal.ts';
import type { Session, SessionSource } from '../../src/salesforce/open-client.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { openSignIn, type SignIn } from '../simulators/salesforce/open-sign-in.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import type { KeeperAnswer, KeeperOrder } from '../support/keeper-process.ts';
import { keepApproval, openKeeper, sealerOf, type KeeperSettings } from '../support/open-keeper.ts';

/** Side by side, so that a slow disk is waited for once. */
const CONNECTIONS = 10;
const ROUNDS = 100;
const PROCESSES = 2;

let salesforce: SignIn;
let settings: KeeperSettings;
let testDatabase: TestDatabase;
let database: Database;
/** What keeps the sessions of a connection, once a process; the embedded database has room for one process only. */
let openKeepers: (connectionId: string) => SessionSource[];
const processes: ChildProcess[] = [];
beforeAll(async () => {
  salesforce = await openSignIn();
  await salesforce.control('PUT', '/settings', {
    refreshTokenRotation: true,
    approvalsPerUserAndApp: 100,
  });
  const { clientId, clientSecret, org } = salesforce.simulator;
  settings = { sealingKey: newSealingKey('test'), origin: org.url, clientId, clientSecret };
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.location);
  const { location } = testDatabase;
  const open =
    'url' in location
      ? await Promise.all(Array.from({ length: PROCESSES }, () => startKeeperProcess(location.url)))
      : Array.from({ length: PROCESSES }, () => (id: string) => openKeeper(database, id, settings));
  openKeepers = (id) => open.map((openOne) => openOne(id));
}, 60_000);
afterAll(async () => {
  for (const child of processes) child.disconnect();
  await database.close();
  await testDatabase.remove();
  await salesforce.close();
});

async function startKeeperProcess(url: string): Promise<(connectionId: string) => SessionSource> {
  const child = fork(join(import.meta.dirname, '../support/keeper-process.ts'), {
    execArgv: [],
    env: { PATH: process.env.PATH, DATABASE_URL: url, KEEPER: JSON.stringify(settings) },
  });
  processes.push(child);
  await once(child, 'message');
  const waiting = new Map<number, (answer: KeeperAnswer) => void>();
  child.on('message', (answer) => waiting.get((answer as KeeperAnswer).order)?.(answer as KeeperAnswer));
  let orders = 0;
  const give = (connectionId: string, refused?: Session) =>
    new Promise<Session>((resolve, reject) => {
      const order = ++orders;
      waiting.set(order, (answer) => {
        waiting.delete(order);
        if ('session' in answer) resolve(answer.session);
        else reject(new Error(answer.error));
      });
      child.send({ order, connectionId, ...(refused && { refused }) } satisfies KeeperOrder);
    });
  return (connectionId) => ({
    current: () => give(connectionId),
    renew: (refused) => give(connectionId, refused),
  });
}

async function approve(connectionId: string): Promise<void> {
  const { body } = await salesforce.connect('admin');
  await keepApproval(database, connectionId, settings, body);
}

test(`two processes that renew at once, against rotation, are not revoked in ${CONNECTIONS * ROUNDS} rounds`, async () => {
  const ids = Array.from({ length: CONNECTIONS }, (_, index) => `rounds-${index}`);
  for (const id of ids) await approve(id);
  await Promise.all(ids.map(renewInRounds));
}, 120_000);

async function renewInRounds(id: string): Promise<void> {
  const keepers = openKeepers(id);
  let sessions = await Promise.all(keepers.map((keeper) => keeper.current()));
  for (let round = 1; round <= ROUNDS; round++) {
    sessions = await Promise.all(keepers.map((keeper, index) => keeper.renew(sessionAt(sessions, index))));
    expect(sessionAt(sessions, 1)).toEqual(sessionAt(sessions, 0));
    expect(sessionAt(sessions, 0).generation).toBe(1 + round);
  }
  expect((await salesforce.probe(sessionAt(sessions, 0).accessToken)).status).toBe(200);
}

function sessionAt(sessions: readonly Session[], index: number): Session {
  const session = sessions[index];
  if (session === undefined) throw new Error('each keeper has a session');
  return session;
}

test('a process that died while it renewed holds the others up no longer than its lease', async () => {
  await approve('died');
  await sql`
    update salesforce_session set lease_id = gen_random_uuid(), lease_until = now() + interval '1 second'
    where connection_id = 'died'`.execute(database.db);
  const keeper = openKeeper(database, 'died', settings, 5);
  const session = await keeper.current();
  const renewed = await keeper.renew(session);
  expect(renewed.generation).toBe(session.generation + 1);
});

test('a refusal after a renewal that was cut off says that the new token may have been lost', async () => {
  await approve('lost');
  const keeper = openKeeper(database, 'lost', settings);
  const session = await keeper.current();
  const { rows } = await sql<{ token: string }>`
    select refresh_token as token from salesforce_session where connection_id = 'lost'`.execute(database.db);
  // Another process got a new token and was killed before it could keep it.
  await salesforce.refresh(sealerOf(settings).open(rows[0]?.token ?? '', placeOf.refreshToken('lost')));
  await sql`
    update salesforce_session set lease_id = gen_random_uuid(), lease_until = now()
    where connection_id = 'lost'`.execute(database.db);
  await expect(keeper.renew(session)).rejects.toMatchObject({
    problem: 'sign-in-refused',
    details: { refusal: { error: 'invalid_grant' }, afterLostRenewal: true },
  });
});

test('the new refresh token is in the database before anybody has the new access token', async () => {
  await approve('order');
  const keeper = openKeeper(database, 'order', settings);
  const before = await keeper.current();
  const renewed = await keeper.renew(before);
  const { rows } = await sql<{ access: string; refresh: string }>`
    select access_token as access, refresh_token as refresh from salesforce_session
    where connection_id = 'order'`.execute(database.db);
  expect(sealerOf(settings).open(rows[0]?.access ?? '', placeOf.accessToken('order'))).toBe(
    renewed.accessToken,
  );
  // Only the newest refresh token still works.
  const refreshToken = sealerOf(settings).open(rows[0]?.refresh ?? '', placeOf.refreshToken('order'));
  expect((await salesforce.refresh(refreshToken)).status).toBe(200);
});
