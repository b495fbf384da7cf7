import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startSalesforceSimulator } from '../../simulators/salesforce/start-salesforce-simulator.ts';
import { toLongId } from '../../src/salesforce/account-id.ts';
import { describeAccount } from '../../src/salesforce/describe-account.ts';
import { findAccounts } from '../../src/salesforce/find-accounts.ts';
import { openTestClient } from '../support/open-test-client.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function openOrg() {
  const salesforce = await startSalesforceSimulator({});
  close = () => salesforce.close();
  let calls = 0;
  const client = openTestClient({
    credentials: { ...salesforce, origin: salesforce.url },
    onCall: () => calls++,
  });
  const seed = async (identifiers: string[]) => {
    const records = identifiers.map((identifier) => ({ Name: 'A', Shared_Identifier__c: identifier }));
    const answer = await fetch(`${salesforce.url}/_simulator/accounts`, {
      method: 'POST',
      body: JSON.stringify({ records }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const find = (values: string[]) =>
    client.call(async (connection) =>
      findAccounts(connection, await describeAccount(connection), 'Shared_Identifier__c', values),
    );
  return { seed, find, calls: () => calls };
}

test('identifiers with quotes, backslashes and anything else are found as they are', async () => {
  const org = await openOrg();
  const values = [
    "O'Brien",
    'back\\slash',
    "' OR Name != '",
    'tab\tand\nnewline',
    '日本',
    '%25',
    'a,b',
    "\\'",
  ];
  await org.seed(values);
  const found = await org.find(values);
  expect(found.map(({ identifier }) => identifier).toSorted()).toEqual(values.toSorted());
});

test('a thousand values need few calls, and none whose address Salesforce would refuse', async () => {
  const org = await openOrg();
  const values = Array.from(
    { length: 1000 },
    (_, index) => `0b8e6c1e-6f2d-4c5a-9a37-${String(index).padStart(12, '0')}`,
  );
  await org.seed(values);
  expect(await org.find(values)).toHaveLength(1000);
  expect(org.calls()).toBeLessThanOrEqual(1 + 4);
});

test('ids of 15 characters get the suffix that tells their capitals, and nothing else changes', () => {
  expect(toLongId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9]{15}$/), (id) => {
      const long = toLongId(id);
      expect(long.slice(0, 15)).toBe(id);
      expect(long).toMatch(/^\w{15}[A-Z0-5]{3}$/);
      expect(toLongId(long)).toBe(long);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/^[a-zA-Z0-9]{15}$/.test(text));
      expect(toLongId(text)).toBe(text);
    }),
  );
});
