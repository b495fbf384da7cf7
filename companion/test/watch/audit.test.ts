import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { recordAudit } from '../../src/store/audit.ts';
import { verifyAudit } from '../../src/store/read-audit.ts';
import { openAdminApi, type AdminApi } from './open-admin-api.ts';

let api: AdminApi;
beforeAll(async () => {
  api = await openAdminApi();
});
afterEach(async () => {
  const { db } = api.services.database;
  await sql`alter table audit disable trigger user`.execute(db);
  await sql`truncate audit`.execute(db);
  await sql`alter table audit enable trigger user`.execute(db);
});
afterAll(() => api.close());

async function record(entries: { connectionId: string | null; action: string; actor?: string }[]) {
  for (const entry of entries) {
    await api.services.database.db
      .transaction()
      .execute((trx) => recordAudit(trx, { actor: 'anna@example.com', ...entry, details: { count: 1 } }));
  }
}

interface Page {
  rows: { sequence: number; action: string; actor: string; connectionId: string | null }[];
  next: string | null;
  chain: string;
  brokenAt: number | null;
}

test('the audit log is read page by page, newest first, each connection its own', async () => {
  await record(
    Array.from({ length: 7 }, (_, index) => ({
      connectionId: index % 2 === 0 ? 'acme' : 'other',
      action: `deed ${index}`,
    })),
  );
  await record([{ connectionId: null, action: 'signed in' }]);
  const first = await api.call<Page>('GET', 'audit?limit=3');
  const rest = await api.call<Page>('GET', `audit?limit=3&after=${first.body.next}`);
  expect([...first.body.rows, ...rest.body.rows].map(({ action }) => action)).toEqual([
    'deed 6',
    'deed 4',
    'deed 2',
    'deed 0',
  ]);
  expect(rest.body).toMatchObject({ next: null, chain: 'whole', brokenAt: null });
  expect((await api.call('GET', 'audit?after=nonsense')).status).toBe(422);
  expect((await api.call('GET', 'audit', { as: 'other' })).status).toBe(404);
});

test('the database refuses to change or remove an entry', async () => {
  await record([{ connectionId: 'acme', action: 'one' }]);
  const { db } = api.services.database;
  await expect(sql`update audit set actor = 'nobody'`.execute(db)).rejects.toThrow('only be added to');
  await expect(sql`delete from audit`.execute(db)).rejects.toThrow('only be added to');
  await expect(sql`truncate audit`.execute(db)).rejects.toThrow('only be added to');
});

test.each([
  ['changed', sql`update audit set actor = 'nobody' where sequence = 3`, 3],
  ['removed', sql`delete from audit where sequence = 3`, 4],
  ['moved to another time', sql`update audit set at = at + interval '1 second' where sequence = 2`, 2],
  ['given other details', sql`update audit set details = '{"count":2}' where sequence = 4`, 4],
])('an entry that was %s past the trigger is found', async (_name, change, brokenAt) => {
  await record(['one', 'two', 'three', 'four', 'five'].map((action) => ({ connectionId: 'acme', action })));
  const { db } = api.services.database;
  expect(await verifyAudit(db)).toMatchObject({ chain: 'whole', entries: 5 });
  await sql`alter table audit disable trigger user`.execute(db);
  await change.execute(db);
  expect((await api.call<Page>('GET', 'audit')).body).toMatchObject({ chain: 'broken', brokenAt });
});

test('a download holds all entries, and no cell that a spreadsheet runs', async () => {
  await record([
    { connectionId: 'acme', action: 'one', actor: '=HYPERLINK("https://evil.example")' },
    { connectionId: 'acme', action: '+two', actor: '@three, "quoted"' },
    { connectionId: 'other', action: 'unseen' },
  ]);
  const { body } = await api.call<string>('GET', 'audit.csv');
  const rows = parse<Record<string, string>>(body, { columns: true, bom: true });
  expect(rows.map(({ actor, action }) => [actor, action])).toEqual([
    [`'@three, "quoted"`, "'+two"],
    [`'=HYPERLINK("https://evil.example")`, 'one'],
  ]);
});
