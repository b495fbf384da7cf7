import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPipeline, type Pipeline } from '../support/start-pipeline.ts';
import { makePush } from '../../simulators/upflow/send-pushes.ts';
import { openMatchingConsole, type MatchingConsole } from './matching-console.ts';

const CUSTOMERS = 60;

interface Customer {
  id: string;
  name: string;
  externalId: string | null;
  amountDue: number;
  currency: string;
  customFields: { id: string; name: string; type: string; value: string | null }[];
}

/** For each customer what was planted: what it must end as. */
type Plan = 'matched' | 'missing-in-salesforce' | 'duplicate' | 'formatting';

let pipeline: Pipeline;
let matching: MatchingConsole;
let customers: Customer[];
let accountIds: string[];
let onlyInSalesforce: string[];
/** Accounts of the sample organization, which have values of their own. */
let sampleIds: ReadonlySet<string>;

/** Of ten customers one has each trouble; each option puts its own into the values. */
const planOf = (index: number): Plan =>
  (['missing-in-salesforce', 'duplicate', 'formatting'] as const)[index % 10] ?? 'matched';

function formatDifferently(index: number, value: string): string {
  const ways = [` ${value}`, `${value}\u00a0`, value.toLowerCase(), `00${value}`, value.replace('-', ' - ')];
  return ways[Math.floor(index / 10) % ways.length] ?? value;
}

function valueOf(index: number, value: string, plan: Plan, ways = formatDifferently): string | null {
  if (plan === 'missing-in-salesforce') return index % 20 === 0 ? `NOWHERE-${index}` : null;
  return plan === 'formatting' ? ways(index, value) : value;
}

beforeAll(async () => {
  pipeline = await startPipeline();
  matching = openMatchingConsole(pipeline);
  const { records: sample } = await pipeline.control<{ records: { Id: string }[] }>('GET', 'accounts');
  sampleIds = new Set(sample.map(({ Id }) => Id));
  const records = Array.from({ length: CUSTOMERS }, (_, index) => {
    const isMissing = planOf(index) === 'missing-in-salesforce';
    return {
      Name: `Account ${index}`,
      ...(isMissing ? {} : { ERP_Code__c: `ERP-${index}`, Shared_Identifier__c: `Shared-${index}` }),
    };
  });
  accountIds = await pipeline.seedAccounts(records);
  // Duplicates: on every second the code is on another Account too, elsewhere two customers share it.
  const twins = accountIds.flatMap((_, index) =>
    planOf(index) === 'duplicate' && index % 20 === 1
      ? [{ Name: `Twin ${index}`, ERP_Code__c: `ERP-${index}` }]
      : [],
  );
  await pipeline.seedAccounts(twins);
  onlyInSalesforce = await pipeline.seedAccounts([
    { Name: 'Only here', ERP_Code__c: 'ERP-only', Shared_Identifier__c: 'Shared-only' },
  ]);
  customers = accountIds.flatMap((accountId, index) => makeCustomers(accountId, index));
  const push = makePush('customers.updated', { customers });
  await pipeline.sendAll([push]);
  await pipeline.settled(push.id);
}, 60_000);
afterAll(() => pipeline.stop());

function makeCustomers(accountId: string, index: number): Customer[] {
  const plan = planOf(index);
  const id = index % 2 === 0 ? accountId : accountId.slice(0, 15);
  const idWays = (_: number, value: string) => (value.length === 18 ? value.toLowerCase() : ` ${value}`);
  const unknownId = `${accountId.slice(0, 8)}${String(9_000_000 + index)}`;
  const make = (name: string): Customer => ({
    id: `${name}-${index}`,
    name: `${name} ${index}`,
    externalId: valueOf(index, `ERP-${index}`, plan),
    amountDue: 100 * (index + 1),
    currency: 'USD',
    customFields: [
      { id: 'shared', name: 'Shared', type: 'TEXT', value: valueOf(index, `Shared-${index}`, plan) },
      {
        id: 'account',
        name: 'Salesforce id',
        type: 'TEXT',
        value: plan === 'missing-in-salesforce' ? unknownId : valueOf(index, id, plan, idWays),
      },
    ],
  });
  return plan === 'duplicate' ? [make('customer'), make('double')] : [make('customer')];
}

const options = [
  ['1: the Account id', 'customField:account', 'Id'],
  ["2: the billing tool's id", 'externalId', 'ERP_Code__c'],
  ['3: a dedicated field', 'customField:shared', 'Shared_Identifier__c'],
];

test.each(options)(
  'option %s: the report has every planted row and no other, and matched Accounts get their figures',
  async (_, upflow, salesforce) => {
    const { counts } = await matching.choose(upflow, salesforce);
    const rows = await matching.allRows();
    const kinds = Object.fromEntries(rows.map(({ kind, customerId }) => [customerId ?? '', kind]));
    for (const { id } of customers) {
      expect([id, kinds[id]]).toEqual([id, planOf(Number(id.split('-')[1]))]);
    }
    const perTen = CUSTOMERS / 10;
    expect(counts).toMatchObject({
      customers: CUSTOMERS + perTen,
      matched: perTen * 7,
      missingInSalesforce: perTen,
      duplicate: perTen * 2,
      formatting: perTen,
      manual: 0,
    });
    const alone = rows.filter(({ kind }) => kind === 'missing-in-upflow');
    expect(alone).toHaveLength(counts.missingInUpflow);
    expect(alone.map(({ accounts }) => accounts[0]?.id)).toEqual(expect.arrayContaining(onlyInSalesforce));
    const planted = alone.filter(({ accounts }) => !sampleIds.has(accounts[0]?.id ?? ''));
    if (salesforce !== 'Id') expect(planted).toHaveLength(1);

    for (const row of rows.filter(({ kind }) => kind === 'formatting')) {
      const index = Number(row.customerId?.split('-')[1]);
      expect(row.accounts.map(({ id }) => id)).toEqual([accountIds[index]]);
      expect(row.evidence).toMatch(/differ in/);
    }
    const matched = customers.find(({ id }) => id === 'customer-3');
    const push = await pipeline.push('customer.updated', { ...matched, amountDue: 777_00 });
    await pipeline.settled(push);
    expect(await pipeline.readAccount(accountIds[3] ?? '')).toMatchObject({ upflow__Due_Amount__c: 777 });
  },
  60_000,
);

test('changing the pair moves figures to the other Account and leaves the first one clean', async () => {
  await matching.choose('externalId', 'ERP_Code__c');
  const [first = '', second = ''] = await pipeline.seedAccounts([
    { Name: 'First', ERP_Code__c: 'MOVE-1' },
    { Name: 'Second', Shared_Identifier__c: 'MOVE-2' },
  ]);
  const customer = {
    id: 'mover',
    name: 'Mover',
    externalId: 'MOVE-1',
    currency: 'USD',
    amountDue: 4200,
    customFields: [{ id: 'shared', name: 'Shared', type: 'TEXT', value: 'MOVE-2' }],
  };
  const push = await pipeline.push('customer.updated', customer);
  expect(await pipeline.settled(push)).toMatchObject({ outcome: 'written' });
  expect(await pipeline.readAccount(first)).toMatchObject({ upflow__Due_Amount__c: 42 });

  const preview = await matching.preview({
    upflow: 'customField:shared',
    salesforce: 'Shared_Identifier__c',
  });
  expect(preview).toMatchObject({ state: 'done', moves: { gain: 0, lose: 0, change: 1 } });
  await matching.choose('customField:shared', 'Shared_Identifier__c');
  const again = await pipeline.push('customer.updated', { ...customer, amountDue: 4300 });
  await pipeline.settled(again);
  expect(await pipeline.readAccount(second)).toMatchObject({ upflow__Due_Amount__c: 43 });
  expect(await pipeline.readAccount(first)).toMatchObject({
    upflow__Due_Amount__c: null,
    upflow__Customer_Id__c: null,
  });
}, 60_000);

test('a field that cannot be the identifier is refused with the reason', async () => {
  const refusal = async (salesforce: string) =>
    (await pipeline.api<{ detail: string }>('PUT', 'identifier', { upflow: 'externalId', salesforce })).body
      .detail;
  expect(await refusal('Collection_Notes__c')).toMatch(/long or rich text/);
  expect(await refusal('Customer_Tier__c')).toMatch(/picklist/);
  expect(await refusal('Nope__c')).toMatch(/cannot see|can see/);
});
