import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { adminOf } from '../support/admin-of-org.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

interface Value {
  value: string;
  on: boolean;
  field: string | null;
  choices: { name: string; allowed: boolean; reason: string | null }[];
  problem: string | null;
}
interface Mapping {
  values: Value[];
  customFields: Value[];
  status?: number;
  errors?: { field: string; problem: string }[];
}

let pipeline: Pipeline;
let accountId: string;
let admin: ReturnType<typeof adminOf>;
let clock = Date.parse('2026-11-22T10:00:00Z');
const portalUrl = `https://pay.upflow.io/${'x'.repeat(300)}?a=1&b=2`;
const customer = (data: object = {}) => ({
  id: 'c1',
  externalId: 'M-1',
  name: 'Brook & Sons',
  currency: 'USD',
  amountOverdue: 123_456,
  rating: 'B',
  portal: { url: portalUrl },
  customFields: [
    { id: 'tier', name: 'Tier', type: 'SELECT', value: 'Gold' },
    { id: 'note', name: 'Note', type: 'TEXT', value: 'a <b> & "c"' },
    { id: 'size', name: 'Size', type: 'NUMBER', value: 5 },
  ],
  updatedAt: new Date((clock += 1000)).toISOString(),
  ...data,
});
const push = async (data: object = {}) =>
  pipeline.settled(await pipeline.push('customer.updated', customer(data)));
const read = () => pipeline.readAccount(accountId);

beforeAll(async () => {
  pipeline = await startPipeline({ alsoConnections: ['second'], notExporting: ['second'] });
  admin = adminOf(pipeline);
  [accountId = ''] = await pipeline.seedAccounts([{ Name: 'M', Shared_Identifier__c: 'M-1' }]);
  await admin.addField('Own_Rich__c', { type: 'Html', length: 32_768, visibleLines: 10 });
  await push();
}, 60_000);
afterAll(() => pipeline.stop());

const getMapping = (connection = 'acme') => pipeline.ask<Mapping>('GET', `${connection}/mapping`);
const put = (choices: object, connection = 'acme') =>
  pipeline.ask<Mapping>('PUT', `${connection}/mapping`, { choices });
const noRunLeft = () =>
  eventually(async () => {
    const { rows } = await pipeline.ask<{ rows: { state: string }[] }>('GET', 'acme/exports');
    return rows.every(({ state }) => state !== 'running') ? true : undefined;
  }, 'the runs to end');
async function choose(choices: object): Promise<void> {
  const answer = await put(choices);
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  await noRunLeft();
}

function reasonFor(mapping: Mapping, value: string, field: string) {
  const found = [...mapping.values, ...mapping.customFields].find((one) => one.value === value);
  const choice = found?.choices.find(({ name }) => name === field);
  return choice?.allowed === true ? 'allowed' : (choice?.reason ?? 'not listed');
}

test('each value lists the fields that can hold it, and why the others cannot', async () => {
  const mapping = await getMapping();
  expect(reasonFor(mapping, 'overdueAmount', 'Credit_Limit__c')).toBe('allowed');
  expect(reasonFor(mapping, 'overdueAmount', 'Finance_Note__c')).toMatch(/needs a field of type Currency/);
  expect(reasonFor(mapping, 'overdueAmount', 'Dunning_Level__c')).toMatch(/keeps 0 decimals/);
  expect(reasonFor(mapping, 'overdueInvoices', 'Dunning_Level__c')).toBe('allowed');
  expect(reasonFor(mapping, 'portalLink', 'Collection_Notes__c')).toBe('allowed');
  expect(reasonFor(mapping, 'portalLink', 'Finance_Note__c')).toMatch(/Text Area \(Long\)/);
  expect(reasonFor(mapping, 'rating', 'Customer_Tier__c')).toMatch(/restricted picklist .* lacks A, B, C, D/);
  expect(reasonFor(mapping, 'customField:tier', 'Customer_Tier__c')).toBe('allowed');
  expect(reasonFor(mapping, 'nextAction', 'Name')).toMatch(/standard field/);
  expect(reasonFor(mapping, 'overdueAmount', 'upflow__Due_Amount__c')).toMatch(
    /belongs to the Upflow package/,
  );
  expect(mapping.customFields.map(({ value, on }) => [value, on])).toEqual([
    ['customField:note', false],
    ['customField:tier', false],
  ]);
});

test.each([
  ['overdueAmount', 'Name', 'standard field'],
  ['overdueAmount', 'Finance_Note__c', 'needs a field of type'],
  ['overdueAmount', 'Nowhere__c', 'does not see the field'],
  ['portalLink', 'Finance_Note__c', 'needs a field of type'],
  ['customerId', 'Finance_Note__c', 'has no other field'],
  ['nothing', 'Finance_Note__c', 'no such value'],
  ['customField:tier', null, 'Choose the Account field'],
  ['customField:size', 'Dunning_Level__c', 'no such value'],
])('%s on %s is refused, and nothing is saved', async (value, field, problem) => {
  const answer = await put({ [value]: { on: true, field } });
  expect(answer.status).toBe(422);
  expect(answer.errors).toEqual([{ field: value, problem: expect.stringContaining(problem) }]);
  expect((await getMapping()).values.every(({ field: own }) => own === null)).toBe(true);
});

test('one field for two values is refused', async () => {
  const answer = await put({
    overdueAmount: { on: true, field: 'Credit_Limit__c' },
    dueAmount: { on: true, field: 'Credit_Limit__c' },
  });
  expect(answer.errors?.map(({ field }) => field)).toEqual(['overdueAmount', 'dueAmount']);
});

describe('a saved mapping', () => {
  test('has the values written to the admin’s own fields, in the form that each field takes', async () => {
    await choose({
      overdueAmount: { on: true, field: 'Credit_Limit__c' },
      portalLink: { on: true, field: 'Own_Rich__c' },
      'customField:tier': { on: true, field: 'Customer_Tier__c' },
      'customField:note': { on: true, field: 'Collection_Notes__c' },
    });
    const link = portalUrl.replaceAll('&', '&amp;');
    expect(await read()).toMatchObject({
      Credit_Limit__c: 1234.56,
      Own_Rich__c: `<a href="${link}" target="_blank">${link}</a>`,
      Customer_Tier__c: 'Gold',
      Collection_Notes__c: 'a <b> & "c"',
      // Not asked to be cleared: it stays as it was.
      upflow__Overdue_Amount__c: 1234.56,
    });
    await push({ amountOverdue: 200 });
    expect(await read()).toMatchObject({ Credit_Limit__c: 2, upflow__Overdue_Amount__c: 1234.56 });
  });

  test('keeps its fields from becoming the shared identifier', async () => {
    await choose({ nextAction: { on: true, field: 'ERP_Code__c' } });
    const answer = await pipeline.ask<Mapping>('PUT', 'acme/identifier', {
      upflow: 'externalId',
      salesforce: 'ERP_Code__c',
    });
    expect(answer.status).toBe(422);
    expect(answer.errors).toEqual([
      { field: 'salesforce', problem: expect.stringContaining('a field that the export writes') },
    ]);
    await choose({ nextAction: { on: true, field: null } });
  });

  test('that turns a value off no longer writes it, and clears it where that is asked', async () => {
    await choose({
      rating: { on: false, field: null, clear: true },
      overdueAmount: { on: true, field: null, clear: true },
      'customField:note': { on: false, field: null },
    });
    expect(await read()).toMatchObject({
      upflow__Payer_Rating__c: null,
      Credit_Limit__c: null,
      Collection_Notes__c: 'a <b> & "c"',
      upflow__Overdue_Amount__c: 2,
    });
    await admin.update(accountId, { Credit_Limit__c: 77 });
    await push({ rating: 'D', amountOverdue: 300 });
    expect(await read()).toMatchObject({
      upflow__Payer_Rating__c: null,
      Credit_Limit__c: 77,
      upflow__Overdue_Amount__c: 3,
    });
  });

  test('that turns a value on again writes it everywhere, although nothing else changed', async () => {
    await choose({ rating: { on: true, field: null } });
    expect(await read()).toMatchObject({ upflow__Payer_Rating__c: 'D' });
  });

  test('a text that is too long for the chosen field leaves its own Account with a reason', async () => {
    await choose({ workflow: { on: true, field: 'Finance_Note__c' } });
    const { customers } = await push({ workflow: { name: 'w'.repeat(81) } });
    expect(customers[0]).toMatchObject({
      outcome: 'needs attention',
      reason: { code: 'STRING_TOO_LONG', explanation: expect.stringContaining('longer than its field') },
    });
    expect((await push({ workflow: { name: 'w'.repeat(80) } })).outcome).toBe('written');
  });
});

describe('two connections of one org', () => {
  test('cannot write the same field; the second one is told which connection has it', async () => {
    const answer = await pipeline.ask<{ status: number; detail: string }>('POST', 'second/exports', {
      kind: 'full',
    });
    expect(answer).toMatchObject({ status: 409, reason: { code: 'mapping-problems' } });
    expect(answer.detail).toContain('The connection Acme of the same org writes');
    const own = await put({ overdueAmount: { on: true, field: 'Customer_Tier__c' } }, 'second');
    expect(own.status).toBe(422);
  });

  test('export side by side once the package’s fields are turned off in one of them', async () => {
    const { values } = await getMapping('second');
    const off = Object.fromEntries(values.map(({ value }) => [value, { on: false, field: null }]));
    const saved = await put({ ...off, overdueAmount: { on: true, field: 'Credit_Limit__c' } }, 'second');
    expect(saved.errors).toBeUndefined();
    await pipeline.push('customer.updated', customer({ id: 'other', amountOverdue: 900 }), 'second');
    const started = await pipeline.ask<{ state: string }>('POST', 'second/exports', { kind: 'full' });
    expect(started.state).toBe('running');
    await eventually(
      async () => ((await read()).Credit_Limit__c === 9 ? true : undefined),
      'the second’s figure',
    );
    expect(await read()).toMatchObject({
      upflow__Overdue_Amount__c: 1234.56,
      upflow__Sync_Status__c: 'Synced',
    });
    const back = await put({ dueAmount: { on: true, field: 'Credit_Limit__c' } });
    expect(back.errors).toEqual([{ field: 'dueAmount', problem: expect.stringContaining('Second') }]);
  });
});
