import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keepSession } from '../../src/connect/keep-session.ts';
import { obtainTokens } from '../../src/connect/obtain-tokens.ts';
import { placeOf } from '../../src/connect/connection-directory.ts';
import { createSealer, readSealingKeys, newSealingKey, type SealingKey } from '../../src/connect/seal.ts';
import type { Session, SessionSource } from '../../src/salesforce/open-client.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { replaceSession } from '../../src/store/sessions.ts';
import { sql } from 'kysely';
import { openSignIn, type SignIn } from '../simulators/salesforce/open-sign-in.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

/** Side by side, so that a slow disk is waited for once. */
const CONNECTIONS = 10;
const ROUNDS = 100;
const sealer = createSealer(readSealingKeys(newSealingKey('test')) as [SealingKey]);

let salesforce: SignIn;
let testDatabase: TestDatabase;
let databases: Database[];
beforeAll(async () => {
  salesforce = await openSignIn();
  await salesforce.control('PUT', '/settings', {
    refreshTokenRotation: true,
    approvalsPerUserAndApp: 100,
  });
  testDatabase = await createTestDatabase();
  const first = await openDatabase(testDatabase.location);
  // Two processes have a pool each; the embedded database has room for one.
  const isEmbedded = 'directory' in testDatabase.location;
  databases = [first, isEmbedded ? first : await openDatabase(testDatabase.location)];
});
afterAll(async () => {
  for (const database of new Set(databases)) await database.close();
  await testDatabase.remove();
  await salesforce.close();
});

/** As a process of its own would keep the session: nothing is shared but the database. */
function openKeeper({ db }: Database, connectionId: string, leaseInSeconds = 30): SessionSource {
  const { simulator } = salesforce;
  const { clientId, clientSecret } = simulator;
  const access = {
    origin: simulator.org.url,
    app: { flow: 'web-server' as const, clientId, clientSecret },
    userId: null,
    username: null,
  };
  const options = { timeoutInMs: 5000, simulatorOrigin: simulator.org.url };
  return keepSession({
    db,
    sealer,
    connectionId,
    obtain: (kept) => obtainTokens(access, kept, options),
    leaseInSeconds,
  });
}

async function approve(connectionId: string): Promise<void> {
  const { body } = await salesforce.connect('admin');
  const [database] = databases;
  if (database === undefined) return;
  await replaceSession(database.db, connectionId, {
    accessToken: sealer.seal(String(body.access_token), placeOf.accessToken(connectionId)),
    refreshToken: sealer.seal(String(body.refresh_token), placeOf.refreshToken(connectionId)),
    instanceOrigin: salesforce.simulator.org.url,
  });
}

test(`two processes that renew at once, against rotation, are not revoked in ${CONNECTIONS * ROUNDS} rounds`, async () => {
  const ids = Array.from({ length: CONNECTIONS }, (_, index) => `rounds-${index}`);
  for (const id of ids) await approve(id);
  await Promise.all(ids.map(renewInRounds));
}, 120_000);

async function renewInRounds(id: string): Promise<void> {
  const keepers = databases.map((database) => openKeeper(database, id));
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
  const [database] = databases as [Database];
  await sql`
    update salesforce_session set lease_id = gen_random_uuid(), lease_until = now() + interval '1 second'
    where connection_id = 'died'`.execute(database.db);
  const keeper = openKeeper(database, 'died', 5);
  const session = await keeper.current();
  const renewed = await keeper.renew(session);
  expect(renewed.generation).toBe(session.generation + 1);
});

test('a refusal after a renewal that was cut off says that the new token may have been lost', async () => {
  await approve('lost');
  const [database] = databases as [Database];
  const keeper = openKeeper(database, 'lost');
  const session = await keeper.current();
  const { rows } = await sql<{ token: string }>`
    select refresh_token as token from salesforce_session where connection_id = 'lost'`.execute(database.db);
  // Another process got a new token and was killed before it could keep it.
  await salesforce.refresh(sealer.open(rows[0]?.token ?? '', placeOf.refreshToken('lost')));
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
  const [database] = databases as [Database];
  const keeper = openKeeper(database, 'order');
  const before = await keeper.current();
  const renewed = await keeper.renew(before);
  const { rows } = await sql<{ access: string; refresh: string }>`
    select access_token as access, refresh_token as refresh from salesforce_session
    where connection_id = 'order'`.execute(database.db);
  expect(sealer.open(rows[0]?.access ?? '', placeOf.accessToken('order'))).toBe(renewed.accessToken);
  // Only the newest refresh token still works.
  const refreshToken = sealer.open(rows[0]?.refresh ?? '', placeOf.refreshToken('order'));
  expect((await salesforce.refresh(refreshToken)).status).toBe(200);
});
