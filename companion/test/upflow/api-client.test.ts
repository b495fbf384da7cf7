import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { openUpflowClient, type UpflowClient } from '../../src/upflow/api-client.ts';
import { readList } from '../../src/upflow/read-list.ts';
import { shareTurns } from '../../src/upflow/take-turns.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { listen, type Listening } from '../support/listen.ts';

let testDatabase: TestDatabase;
let database: Database;
let upflow: Listening;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
let calls: { what: string; at: number }[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.location);
  upflow = await listen((req, res) => {
    calls.push({ what: `${req.method} ${req.url}`, at: performance.now() });
    answer(req, res);
  });
});
afterEach(() => {
  calls = [];
});
afterAll(async () => {
  await upflow.close();
  await database.close();
  await testDatabase.remove();
});

const ok = (body: unknown) => (_req: IncomingMessage, res: ServerResponse) => {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const get = (path: string) => ({ method: 'GET' as const, path });

/** A client as each process has one; what they share is the database. */
function openClient(connectionId: string, callsPerMinute = 600, waitsInMs = [1, 1, 1, 1]): UpflowClient {
  return openUpflowClient(
    { environment: 'production', apiKey: 'key', apiSecret: 'secret' },
    {
      timeoutInMs: 2000,
      turns: shareTurns(database.db, connectionId, { timeoutInMs: 2000, callsPerMinute }),
      simulatorOrigin: upflow.url,
      waitsInMs,
    },
  );
}

test('two processes together make no more calls than Upflow takes, however many wait', async () => {
  answer = ok({});
  // 1,200 a minute: 120 may come at once, the others 18 a second.
  const one = openClient('paced', 1200);
  const another = openClient('paced', 1200);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 75 }, (_, index) =>
      [one, another].map((client) => client.call(get(`/${index}`))),
    ).flat(),
  );
  expect(calls).toHaveLength(150);
  // Those above the burst took their time: 30 of them at 18 a second.
  expect(performance.now() - started).toBeGreaterThan(1300);
});

test('of one customer no two writes are under way at once, of two customers they are', async () => {
  const running = new Map<string, number>();
  let most = 0;
  let mostOfOne = 0;
  answer = (req, res) => {
    const path = req.url ?? '';
    running.set(path, (running.get(path) ?? 0) + 1);
    most = Math.max(
      most,
      [...running.values()].reduce((sum, count) => sum + count, 0),
    );
    mostOfOne = Math.max(mostOfOne, running.get(path) ?? 0);
    setTimeout(() => {
      running.set(path, (running.get(path) ?? 0) - 1);
      ok({})(req, res);
    }, 15);
  };
  const clients = [openClient('writes'), openClient('writes')];
  const write = (customerId: string) =>
    clients.map((client) =>
      client.call({ method: 'PUT', path: `/customers/${customerId}`, body: {}, customerId }),
    );
  await Promise.all(['c-1', 'c-2', 'c-1', 'c-2', 'c-1', 'c-2'].flatMap(write));
  expect([most, mostOfOne]).toEqual([2, 1]);
});

test('a turn of a process that died is free again once its lease has ended', async () => {
  answer = ok({});
  await sql`
    insert into upflow_turn (connection_id, turn_id, customer_id, lease_until)
    values ('died', gen_random_uuid(), 'c-1', now() + interval '300 milliseconds')`.execute(database.db);
  const before = performance.now();
  await openClient('died').call({ method: 'PUT', path: '/customers/c-1', body: {}, customerId: 'c-1' });
  expect(performance.now() - before).toBeGreaterThan(250);
});

test.each([429, 500, 503])('an answer %i is tried again, four times at most', async (status) => {
  answer = (req, res) => {
    if (calls.length < 3) res.writeHead(status).end('{"message":"not now"}');
    else ok({ fine: true })(req, res);
  };
  expect(await openClient('again').call(get('/x'))).toEqual({ fine: true });
  expect(calls).toHaveLength(3);
  calls = [];
  answer = (_req, res) => res.writeHead(status).end('{"message":"not now"}');
  const failing = openClient('again').call(get('/x'));
  await expect(failing).rejects.toMatchObject({ problem: 'busy', status, message: 'not now' });
  expect(calls).toHaveLength(5);
});

test.each([
  [400, 'rejected'],
  [401, 'refused'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'rejected'],
  [422, 'rejected'],
  [502, 'unusable-answer'],
])('an answer %i is %s, and not tried again', async (status, problem) => {
  answer = (_req, res) => res.writeHead(status).end('{"error":"because"}');
  const failing = openClient('once').call({ method: 'POST', path: '/customers', body: {} });
  await expect(failing).rejects.toMatchObject({ problem, status, message: 'because' });
  expect(calls).toHaveLength(1);
});

test('what Retry-After asks for holds for every process', async () => {
  answer = (req, res) => {
    if (calls.length === 1) res.writeHead(429, { 'retry-after': '1' }).end('{}');
    else ok({})(req, res);
  };
  const asked = openClient('rest').call(get('/asked'));
  while (calls.length === 0) await new Promise(setImmediate);
  const [told] = calls;
  await asked;
  await openClient('rest').call(get('/other'));
  expect(calls.every(({ at }, index) => index === 0 || at - (told?.at ?? 0) > 900)).toBe(true);
});

interface Step {
  /** Where an item comes in or goes, as a share of the list. */
  place: number;
  comes: boolean;
}

/** A list that changes between two pages, as the steps say: more than once, where several are given. */
function changingList(size: number, pageSize: number, steps: Step[][]) {
  const items = Array.from({ length: size }, (_, index) => ({ id: `i-${index}` }));
  const left = [...steps];
  const first = items.map(({ id }) => id);
  let made = 0;
  const call = ({ path }: { path: string }) => {
    const query = new URL(path, 'http://upflow').searchParams;
    const offset = Number(query.get('offset'));
    const page = items.slice(offset, offset + pageSize);
    const total = items.length;
    for (const step of left.shift() ?? []) {
      const place = Math.floor(step.place * items.length);
      if (step.comes) items.splice(place, 0, { id: `new-${made++}` });
      else items.splice(place, 1);
    }
    return Promise.resolve({ items: page, total });
  };
  const stayed = () => first.filter((id) => items.some((item) => item.id === id));
  return { call, stayed };
}

test('a list that changes while it is read gives every item that stays, each once', async () => {
  // Doubles would mostly be close to nothing.
  const place = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
  const step = fc.record({ place, comes: fc.boolean() });
  // As many go as come, so that the count tells nothing.
  const swap = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 3 }).map((places) =>
    places.flatMap(([goes, comes]) => [
      { place: goes, comes: false },
      { place: comes, comes: true },
    ]),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 2, max: 9 }),
      fc.array(fc.oneof(fc.array(step, { maxLength: 2 }), swap), { maxLength: 4 }),
      async (size, pageSize, steps) => {
        const list = changingList(size, pageSize, steps);
        const read: string[] = [];
        for await (const page of readList(list.call, { path: '/things', key: 'items' }))
          read.push(...page.map(({ id }) => id));
        expect(new Set(read).size).toBe(read.length);
        expect(read).toEqual(expect.arrayContaining(list.stayed()));
      },
    ),
    { numRuns: 300 },
  );
});

test('an answer that is no list is refused by name', async () => {
  answer = ok({ customers: 'none' });
  await expect(openClient('nolist').listCustomers({ offset: 0, limit: 5 })).rejects.toMatchObject({
    problem: 'unusable-answer',
    message: expect.stringContaining('customers'),
  });
});
