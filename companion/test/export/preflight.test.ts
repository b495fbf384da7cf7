import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { tryUpdates } from '../../src/salesforce/try-updates.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

interface Failure {
  code: string;
  count: number;
  message: string;
  explanation: string;
  action: string;
  accounts: { id: string; name: string }[];
}
interface Preflight {
  state: string;
  tried: number;
  wouldPass: number;
  calls: number;
  failures: Failure[];
  reason: { code: string } | null;
}

const CUSTOMERS = 420;
let pipeline: Pipeline;
let ids: string[];
const numbers = Array.from({ length: CUSTOMERS }, (_, index) => index);
const nameOf = (number: number) => `P ${number}`;

beforeAll(async () => {
  pipeline = await startPipeline({ notExporting: ['acme'] });
  ids = await pipeline.seedAccounts(
    numbers.map((number) => ({
      Name: nameOf(number),
      Shared_Identifier__c: `P-${number}`,
      ...(number % 10 === 3 ? { Rating: 'Hot' } : {}),
      ...(number === 8 ? { Next_Action__c: 'Call' } : {}),
      ...(number % 10 === 5 ? {} : { Industry: 'Energy' }),
    })),
  );
  const customers = numbers.map((number) => ({
    id: `c${String(number).padStart(4, '0')}`,
    externalId: `P-${number}`,
    currency: 'USD',
    amountOverdue: 1000 + number,
    // The package's field for it takes 255 characters.
    workflow: { name: number % 10 === 7 ? 'w'.repeat(300) : 'Usual' },
  }));
  await pipeline.push('customers.updated', { customers });
  await eventually(async () => {
    const { customer } = await pipeline.ask<{ customer: object | null }>(
      'GET',
      'acme/mapping/preview?customerId=c0000',
    );
    return customer ?? undefined;
  }, 'the push to be folded');
}, 60_000);
afterAll(() => pipeline.stop());
beforeEach(() => pipeline.control('PUT', 'settings', { validationRules: [] }));

async function preflight(body: object = {}): Promise<Preflight> {
  const started = await pipeline.ask<{ id: string }>('POST', 'acme/preflight', body);
  expect(typeof started.id).toBe('string');
  return eventually(async () => {
    const found = await pipeline.ask<Preflight | null>('GET', 'acme/preflight');
    return found === null || found.state === 'running' ? undefined : found;
  }, 'the preflight');
}

const everything = () => pipeline.control<{ records: unknown[] }>('GET', 'accounts');
const count = async () => (await pipeline.control<{ apiCalls: number }>('GET', 'stats')).apiCalls;

test('lists the Accounts that would fail by reason, with the fix, and changes nothing at all', async () => {
  await pipeline.control('PUT', 'settings', {
    validationRules: [
      { name: 'No_Hot', field: 'Rating', whenEquals: 'Hot', message: 'Not here.' },
      { name: 'Industry', field: 'Industry', whenBlank: true, message: 'Say the industry.' },
    ],
  });
  const before = await everything();
  const callsBefore = await count();
  const result = await preflight({ sample: 2000 });
  expect(await everything()).toEqual(before);
  // Its description may be known from before; reading it is a call, too.
  expect((await count()) - callsBefore).toBe(result.calls);
  expect(result.calls).toBeLessThanOrEqual(8);

  expect(result).toMatchObject({ state: 'done', tried: CUSTOMERS, wouldPass: CUSTOMERS - 126, reason: null });
  const reasons = result.failures.map(({ code, count, message }) => [code, count, message.slice(0, 19)]);
  expect(reasons.toSorted((one, other) => String(one[2]).localeCompare(String(other[2])))).toEqual([
    ['STRING_TOO_LONG', 42, 'Collection Workflow'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 42, 'Not here.'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 42, 'Say the industry.'],
  ]);
  const refusedByRule = result.failures.find(({ message }) => message === 'Not here.');
  expect(refusedByRule).toMatchObject({
    explanation: expect.stringContaining('validation rule'),
    action: expect.stringContaining('retry'),
  });
  expect(refusedByRule?.accounts[0]).toEqual({ id: ids[3], name: nameOf(3) });
}, 40_000);

test('a duplicate rule that blocks, and an Account that somebody else is saving, are told with their fix', async () => {
  await pipeline.control('PUT', 'settings', {
    duplicateRules: [
      {
        name: 'Same_Name',
        matchOn: ['upflow__Workflow__c'],
        action: 'Block',
        message: 'It is there.',
      },
    ],
    lockWaitMs: 200,
  });
  await pipeline.control('POST', 'locks', { ids: [ids[0]], ms: 600_000 });
  const { failures } = await preflight({ sample: 2000 });
  await pipeline.control('DELETE', 'locks');
  await pipeline.control('PUT', 'settings', { duplicateRules: [], lockWaitMs: 10_000 });
  const find = (code: string) => failures.find((failure) => failure.code === code);
  expect(find('UNABLE_TO_LOCK_ROW')).toMatchObject({
    count: 1,
    accounts: [{ id: ids[0] }],
    action: expect.stringContaining('tried again'),
  });
  expect(find('DUPLICATES_DETECTED')).toMatchObject({
    explanation: expect.stringContaining('duplicate rule'),
    action: expect.any(String),
  });
});

test('takes a sample of 200 that is spread over all customers when nothing else is said', async () => {
  await pipeline.control('PUT', 'settings', {
    validationRules: [{ name: 'None', field: 'Name', whenStartsWith: 'P', message: 'Nobody passes.' }],
  });
  const { tried, wouldPass, failures } = await preflight();
  expect(tried).toBeGreaterThan(100);
  expect(tried).toBeLessThanOrEqual(200);
  expect(wouldPass).toBe(0);
  const tried50 = failures.flatMap(({ accounts }) => accounts.map(({ name }) => Number(name.slice(2))));
  expect(Math.max(...tried50) - Math.min(...tried50)).toBeGreaterThan(100);
});

test('an org that keeps what it was to roll back is found out from its answer', async () => {
  const answer = [
    { success: true, errors: [] },
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: '' }] },
    { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: '' }] },
  ];
  const connection = { requestPatch: () => Promise.resolve(answer) } as unknown as Connection;
  const updates = ['001A', '001B'].map((accountId) => ({ accountId, fields: {} }));
  expect(await tryUpdates(connection, updates)).toEqual([{ kept: true }, { kept: false, ok: true }]);
});

test('an Account is shown before and after, read from Salesforce as it is now', async () => {
  interface Preview {
    customer: { id: string } | null;
    account: { id: string; name: string } | null;
    fields: { label: string; field: string; before: unknown; after: unknown; changes: boolean }[];
    reason: { code: string } | null;
  }
  const get = (query: string) => pipeline.ask<Preview>('GET', `acme/mapping/preview?${query}`);
  const preview = await get('customerId=c0008');
  expect(preview).toMatchObject({
    customer: { id: 'c0008' },
    account: { id: ids[8], name: nameOf(8) },
    reason: null,
  });
  expect(preview.fields).toContainEqual({
    label: 'Overdue amount',
    field: 'upflow__Overdue_Amount__c',
    before: null,
    after: 10.08,
    changes: true,
  });
  expect(preview.fields).toContainEqual({
    label: 'Next action',
    field: 'upflow__Next_Action__c',
    before: 'Call',
    after: null,
    changes: true,
  });
  expect(await get(`accountId=${ids[8]?.slice(0, 15)}`)).toMatchObject({ customer: { id: 'c0008' } });
  expect(await get('customerId=c0007')).toMatchObject({ reason: { code: 'does-not-fit' } });
  expect(await get('customerId=nobody')).toMatchObject({ account: null, reason: { code: 'no-customer' } });
  expect(await get('')).toMatchObject({ status: 422 });
});
