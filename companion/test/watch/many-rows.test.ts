import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openAdminApi, type AdminApi } from './open-admin-api.ts';

const PUSHES = 20_000;
/** One in so many fails, and one in so many is still pending. */
const FAILING = 100;

let api: AdminApi;
beforeAll(async () => {
  api = await openAdminApi();
  const { db } = api.services.database;
  for (const [connection, pushes] of [
    ['acme', PUSHES],
    ['other', 30],
  ] as const) {
    await sql`
      insert into push (connection_id, push_id, type, sent_at, received_at, body, folded_at)
      select ${connection}, 'push_' || n, 'customer.updated', now(), now() - n / 7 * interval '1 second', '{}', now()
      from generate_series(1, ${pushes}::int) as n`.execute(db);
    await sql`
      insert into customer (connection_id, customer_id, updated_at, push_sent_at, push_id, state)
      select connection_id, 'c' || substr(push_id, 6), now(), now(), push_id, '{}' from push
      where connection_id = ${connection}`.execute(db);
    await sql`
      insert into push_effect (connection_id, push_id, customer_id, outcome, received_at)
      select connection_id, push_id, 'c' || substr(push_id, 6),
        case when substr(push_id, 6)::int % ${FAILING} = 0 then 'unmatched' else 'written' end, received_at
      from push where connection_id = ${connection}`.execute(db);
    await sql`
      insert into customer_failure (connection_id, customer_id, code, outcome, push_id, reason)
      select connection_id, customer_id, 'no-account', outcome, push_id,
        '{"code":"no-account","message":"m","explanation":"e","action":"a"}'
      from push_effect where connection_id = ${connection} and outcome = 'unmatched'`.execute(db);
    await sql`
      insert into customer_term (connection_id, customer_id, term)
      select connection_id, customer_id, 'brook number ' || customer_id from customer
      where connection_id = ${connection}`.execute(db);
  }
  await sql`vacuum analyze`.execute(db);
}, 60_000);
afterAll(() => api.close());

interface Page {
  rows: Record<string, string>[];
  next: string | null;
}

/** Reads a list to its end. @returns the rows, and how long a page took, in milliseconds: the median */
async function readAll(path: string, most = Infinity) {
  const rows: Page['rows'] = [];
  const times: number[] = [];
  let after = '';
  for (;;) {
    const from = performance.now();
    const { status, body } = await api.call<Page>(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=200${after}`,
    );
    times.push(performance.now() - from);
    expect(status).toBe(200);
    rows.push(...body.rows);
    if (body.next === null || rows.length >= most) break;
    after = `&after=${body.next}`;
  }
  return { rows, median: times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] };
}

test('all of 20,000 pushes are listed once, newest first, and a page takes less than 200 ms', async () => {
  const { rows, median } = await readAll('pushes');
  expect(new Set(rows.map(({ id }) => id)).size).toBe(PUSHES);
  const times = rows.map(({ receivedAt }) => receivedAt ?? '');
  expect(times).toEqual(times.toSorted().toReversed());
  expect(median).toBeLessThan(200);
});

test('those with a rare outcome, those of a customer, and failures are found as quickly', async () => {
  const unmatched = await readAll('pushes?outcome=unmatched');
  expect(unmatched.rows).toHaveLength(PUSHES / FAILING);
  const found = await readAll('pushes?search=brook+number+c77', 100);
  expect(found.rows.length).toBeGreaterThan(50);
  const failures = await readAll('failures/no-account');
  expect(failures.rows).toHaveLength(PUSHES / FAILING);
  const customers = await readAll('customers', 2000);
  const named = await readAll('customers?search=num', 1);
  expect(named.rows).toEqual([]);
  for (const { median } of [unmatched, found, failures, customers]) expect(median).toBeLessThan(200);
});

test('a connection shows nothing of another, whatever is asked', async () => {
  const { rows } = await readAll('pushes');
  expect(rows).toHaveLength(PUSHES);
  const other = await api.call<Page>('GET', 'pushes?limit=200', { connection: 'other' });
  expect(other.body.rows).toHaveLength(30);
  const paths = [
    'pushes',
    'failures',
    'failures/no-account',
    'customers',
    'customers/c1',
    'health',
    'activity',
  ];
  for (const path of paths) {
    expect([path, (await api.call('GET', path, { as: 'other' })).status]).toEqual([path, 404]);
  }
  const retried = await api.call('POST', 'retries', { connection: 'other', body: { customerIds: ['c100'] } });
  expect(retried.body).toEqual({ customers: 0 });
  expect((await api.call('GET', 'customers/c100', { connection: 'other' })).status).toBe(404);
});

test('a retry of a whole group takes all of it, once', async () => {
  const retry = () => api.call('POST', 'retries', { body: { code: 'no-account' } });
  expect((await retry()).body).toEqual({ customers: PUSHES / FAILING });
  expect((await retry()).body).toEqual({ customers: 0 });
  const { body } = await api.call<{ rows: object[] }>('GET', 'audit');
  expect(body.rows).toHaveLength(2);
});
