import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RankedPair } from '../../src/match/rank-pairs.ts';
import { openMatching, type Matching } from './open-matching.ts';

const CUSTOMERS = 50;

let matching: Matching;
let accountIds: string[];
beforeAll(async () => {
  matching = await openMatching();
  accountIds = await matching.org.seed(
    Array.from({ length: CUSTOMERS }, (_, index) => ({
      Name: `Account ${index}`,
      ERP_Code__c: `A-${index}`,
      Shared_Identifier__c: `S-${index}`,
      Finance_Note__c: 'the same everywhere',
    })),
  );
});
afterAll(() => matching.close());

type Planted = (index: number) => { externalId?: string; accountingRef?: string; field?: string };

const options: [name: string, planted: Planted, upflow: string, salesforce: string][] = [
  [
    'the Account id, in 15 or 18 characters',
    (index) => ({
      externalId: `B-${index}`,
      field: accountIds[index]?.slice(0, index % 2 === 0 ? 15 : 18) ?? '',
    }),
    'customField:f1',
    'Id',
  ],
  [
    "the billing tool's id",
    (index) => ({ externalId: `A-${index}`, field: 'x' }),
    'externalId',
    'ERP_Code__c',
  ],
  [
    'a dedicated field',
    (index) => ({ externalId: `A-${index % 10}`, accountingRef: 'the same everywhere', field: `S-${index}` }),
    'customField:f1',
    'upflow__Shared_Identifier__c',
  ],
];

test.each(options)('%s comes out first where it works', async (name, planted, upflow, salesforce) => {
  await matching.addConnection(name, { upflow: 'externalId', salesforce: 'ERP_Code__c' });
  await matching.addCustomers(
    name,
    Array.from({ length: CUSTOMERS }, (_, index) => {
      const { field = '', ...values } = planted(index);
      // One in ten has no value at all.
      const customFields = [{ id: 'f1', name: 'Field', type: 'TEXT', value: field }];
      return { id: `c-${index}`, ...(index % 10 === 0 ? {} : { ...values, customFields }) };
    }),
  );
  const job = await matching.run(name, 'advice');
  const { rows, customersRead } = job?.result as { rows: RankedPair[]; customersRead: number };
  expect(customersRead).toBe(CUSTOMERS);
  expect(rows[0]).toMatchObject({ upflow, salesforce, coverage: 0.9, overlap: 1, score: 0.9 });
  expect(rows[0]?.sentence).toMatch(
    /^90% of your customers have a value in .+; 100% of those are on exactly one/,
  );
});
