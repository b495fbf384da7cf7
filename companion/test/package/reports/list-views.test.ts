import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from '../../simulators/salesforce/open-simulator.ts';
import { goToWednesdayNoon, plantRows } from './plant-rows.ts';
import { ownedBy, readRawRecords, type RawAccount, type RawRecords } from './raw-records.ts';

const PACKAGE = join(import.meta.dirname, '../../../../force-app/main/default');

/** Which Accounts each list view shows, for those whose own Accounts matter with the reader's id. */
const plainViews: Record<string, (account: RawAccount, readerId: string) => boolean> = {
  Upflow_My_Overdue_Accounts: (account, readerId) =>
    account.OwnerId === readerId && Number(account.Overdue_Amount__c) > 0,
  Upflow_Needs_Attention: (account) => account.Sync_Status__c === 'Needs attention',
  Upflow_Overdue_Accounts: (account) => Number(account.Overdue_Amount__c) > 0,
  Upflow_Paused_Collections: (account) => account.Collection_Status__c === 'Paused',
  Upflow_Synced_Accounts: (account) => account.Sync_Status__c === 'Synced',
};

let org: TestOrg;
let records: RawRecords;

beforeAll(async () => {
  org = await openSimulator();
  await plantRows(org, await goToWednesdayNoon(org));
  records = await readRawRecords(org);
});
afterAll(() => org.close());

async function listNames(view: string, user: 'admin' | 'rep'): Promise<string[]> {
  const path = `/ui-api/list-records/Account/upflow__${view}?pageSize=2000&optionalFields=Account.Name`;
  const reply = await org.call(path, { user });
  expect(reply.status).toBe(200);
  const body = reply.body as { records: { fields: { Name: { value: string } } }[] };
  return body.records.map(({ fields }) => fields.Name.value).sort();
}

function namesOf(accounts: RawAccount[], view: string, readerId: string): string[] {
  return accounts
    .filter((account) => plainViews[view]?.(account, readerId))
    .map(({ Name }) => Name)
    .sort();
}

test('every list view of the package is worked out by hand too', () => {
  const files = globSync('objects/Account/listViews/*', { cwd: PACKAGE });
  const names = files.map((file) => basename(file, '.listView-meta.xml')).sort();
  expect(names).toEqual(Object.keys(plainViews).sort());
});

describe.each(Object.keys(plainViews))('the list view %s', (view) => {
  test.each(['admin', 'rep'] as const)('shows the %s the Accounts that the records give', async (user) => {
    const wanted = namesOf(records.accounts, view, org.simulator.org.users[user].id);
    expect(wanted.length).toBeGreaterThan(0);
    expect(await listNames(view, user)).toEqual(wanted);
  });

  test('shows a sales rep only its own Accounts where they are private', async () => {
    const { id } = org.simulator.org.users.rep;
    await org.control('PUT', '/settings', { sharing: { Account: 'Private' } });
    try {
      expect(await listNames(view, 'rep')).toEqual(namesOf(ownedBy(records, id).accounts, view, id));
    } finally {
      await org.control('PUT', '/settings', { sharing: {} });
    }
  });
});
