import { expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { writeAccounts } from '../../src/export/6-write.ts';
import type { SalesforceClient } from '../../src/salesforce/open-client.ts';

const update = (number: number) => ({
  accountId: `001${String(number).padStart(4, '0')}`,
  fields: { A: number },
});
const updates = (count: number) => Array.from({ length: count }, (_, index) => update(index));
const always = () => Promise.resolve(true);

/** A Salesforce that refuses a whole call as soon as a poisoned Account is in it. */
function openClient(poisoned: string[], code = 'JSON_PARSER_ERROR') {
  const calls: string[][] = [];
  const connection = {
    requestPatch: (_path: string, { records }: { records: { id: string }[] }) => {
      calls.push(records.map(({ id }) => id));
      if (records.some(({ id }) => poisoned.includes(id))) {
        return Promise.reject(Object.assign(new Error('bad value'), { errorCode: code }));
      }
      return Promise.resolve(records.map(({ id }) => ({ id, success: true, errors: [] })));
    },
  };
  const client: SalesforceClient = { call: (act) => act(connection as unknown as Connection) };
  return { client, calls };
}

test('calls hold 200 Accounts each, ordered by id', async () => {
  const { client, calls } = openClient([]);
  const { results } = await writeAccounts(client, updates(450).toReversed(), always);
  expect(results.size).toBe(450);
  expect(calls.map(({ length }) => length)).toEqual([200, 200, 50]);
  expect(calls.flat()).toEqual(updates(450).map(({ accountId }) => accountId));
});

test('a row that spoils its whole call is found, and all others are written', async () => {
  const { client, calls } = openClient(['0010007', '0010123']);
  const { results, failure } = await writeAccounts(client, updates(200), always);
  expect(failure).toBeUndefined();
  const refused = [...results].filter(([, row]) => !row.ok).map(([id]) => id);
  expect(refused.toSorted()).toEqual(['0010007', '0010123']);
  expect(results.size).toBe(200);
  expect(calls.length).toBeLessThan(40);
});

test('a call that fails for another reason ends the writing, and nothing is known of its Accounts', async () => {
  const { client, calls } = openClient(['0010250'], 'SERVER_UNAVAILABLE');
  const { results, failure } = await writeAccounts(client, updates(450), always);
  expect(failure).toMatchObject({ errorCode: 'SERVER_UNAVAILABLE' });
  expect([results.size, calls.length]).toEqual([200, 2]);
});

test('whoever lost the right to write sends nothing more', async () => {
  const { client, calls } = openClient([]);
  let asked = 0;
  const { results } = await writeAccounts(client, updates(450), () => Promise.resolve(++asked < 2));
  expect([results.size, calls.length]).toEqual([200, 1]);
});

test('an answer with a row missing counts for no Account, because nobody knows whose row it is', async () => {
  const connection = {
    requestPatch: (_path: string, { records }: { records: { id: string }[] }) =>
      Promise.resolve(records.slice(1).map(({ id }) => ({ id, success: true, errors: [] }))),
  };
  const client: SalesforceClient = { call: (act) => act(connection as unknown as Connection) };
  const { results, failure } = await writeAccounts(client, updates(3), always);
  expect(failure).toMatchObject({ problem: 'unusable-answer' });
  expect(results.size).toBe(0);
});
