import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';
import { makePush } from '../../simulators/upflow/send-pushes.ts';
import { openMatchingConsole, type MatchingConsole } from './matching-console.ts';

let pipeline: Pipeline;
let matching: MatchingConsole;
let accounts: Record<string, string>;

const CUSTOMERS = [
  ['equal', 'L-1'],
  ['case', 'l-2'],
  ['zeros', '003'],
  ['spaced', ' L-4'],
  ['nowhere', 'L-404'],
  ['twin-a', 'L-5'],
  ['twin-b', 'L-5'],
].map(([id = '', externalId = ''], index) => ({
  id,
  name: `Customer ${id}`,
  externalId,
  currency: 'USD',
  amountDue: (index + 1) * 100,
}));

beforeAll(async () => {
  pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'ERP_Code__c' } });
  matching = openMatchingConsole(pipeline);
  const codes = ['L-1', 'L-2', '3', 'L-4', 'L-5', 'L-free'];
  const ids = await pipeline.seedAccounts(
    codes.map((code) => ({ Name: `Account ${code}`, ERP_Code__c: code })),
  );
  accounts = Object.fromEntries(codes.map((code, index) => [code, ids[index] ?? '']));
  const push = makePush('customers.updated', { customers: CUSTOMERS });
  await pipeline.sendAll([push]);
  await pipeline.settled(push.id);
  await matching.refresh();
}, 60_000);
afterAll(() => pipeline.stop());

/** Waits until the Account of a code shows this amount due; null for an Account without figures. */
async function shows(code: string, amount: number | null): Promise<void> {
  await eventually(async () => {
    const { upflow__Due_Amount__c: due = null } = await pipeline.readAccount(accounts[code] ?? '');
    return due === amount ? true : undefined;
  }, `${code} to show ${amount}`);
}

const act = async (method: string, path: string, body?: unknown) =>
  (await pipeline.api(method, path, body)).status;

test('an accepted suggestion brings figures to its Account, and undoing it takes them away', async () => {
  expect(await matching.rowOf('case')).toMatchObject({
    kind: 'formatting',
    evidence: '"l-2" in Upflow and "L-2" in Salesforce differ in letter case.',
  });
  const accepted = await pipeline.api('POST', 'links/accept', { customerIds: ['case', 'nowhere', 'equal'] });
  expect(accepted.body).toEqual({ linked: 1 });
  await shows('L-2', 2);
  expect(await matching.rowOf('case')).toMatchObject({
    kind: 'manual',
    accounts: [{ id: accounts['L-2'], value: 'L-2' }],
    link: { source: 'accepted' },
  });
  expect(await act('POST', 'links/case/undo')).toBe(204);
  await shows('L-2', null);
  expect(await matching.rowOf('case')).toMatchObject({ kind: 'formatting', link: null });
});

test('all suggestions can be accepted at once', async () => {
  const { counts } = await matching.page({ kind: 'formatting' });
  expect(counts.formatting).toBe(3);
  expect((await pipeline.api('POST', 'links/accept', { all: true })).body).toEqual({ linked: 3 });
  await shows('3', 3);
  await shows('L-4', 4);
  expect((await matching.page({})).counts).toMatchObject({ formatting: 0, manual: counts.manual + 3 });
});

test('an unlinked customer leaves its Account clean, and undoing that brings it back', async () => {
  await shows('L-1', 1);
  expect(await act('DELETE', 'links/equal')).toBe(204);
  await shows('L-1', null);
  expect(await matching.rowOf('equal')).toMatchObject({
    kind: 'manual',
    accounts: [],
    link: { source: 'unlinked' },
  });
  const { body: story } = await pipeline.api<{ account: unknown; link: unknown }>('GET', 'customers/equal');
  expect(story).toMatchObject({ account: null, link: { source: 'unlinked', by: expect.any(String) } });
  const alone = await matching.page({ kind: 'missing-in-upflow', search: 'L-1' });
  expect(alone.rows.map(({ accounts: [account] }) => account?.id)).toEqual([accounts['L-1']]);
  expect(await act('POST', 'links/equal/undo')).toBe(204);
  await shows('L-1', 1);
  expect(await matching.rowOf('equal')).toMatchObject({ kind: 'matched' });
});

test('a customer linked by hand gets an Account that has another value', async () => {
  const { body } = await pipeline.api<{ rows: { id: string }[] }>('GET', 'accounts?search=L-free');
  expect(body.rows.map(({ id }) => id)).toEqual([accounts['L-free']]);
  const link = { customerId: 'nowhere', accountId: accounts['L-free']?.slice(0, 15) };
  expect(await act('POST', 'links', link)).toBe(204);
  await shows('L-free', 5);
  expect(await matching.rowOf('nowhere')).toMatchObject({ kind: 'manual', link: { source: 'by hand' } });
});

test('of two customers with one value the other matches once one is unlinked', async () => {
  expect(await matching.rowOf('twin-a')).toMatchObject({ kind: 'duplicate' });
  expect(await act('DELETE', 'links/twin-b')).toBe(204);
  await shows('L-5', 6);
  expect(await matching.rowOf('twin-a')).toMatchObject({ kind: 'matched' });
  expect(await act('POST', 'links/twin-b/undo')).toBe(204);
  expect(await matching.rowOf('twin-a')).toMatchObject({ kind: 'duplicate' });
});

test("an Account that is another customer's, or none, is refused", async () => {
  const link = (customerId: string, accountId = '') => act('POST', 'links', { customerId, accountId });
  expect(await link('twin-a', accounts['L-1'])).toBe(409);
  expect(await link('twin-a', accounts['3'])).toBe(409);
  expect(await link('twin-a', '001000000000001AAA')).toBe(422);
  expect(await link('nobody', accounts['L-1'])).toBe(404);
  expect(await act('POST', 'links/twin-a/undo')).toBe(404);
});

test('the report made anew says the same as the one that was mended', async () => {
  const order = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  const mended = await matching.allRows();
  const { counts } = await matching.page({});
  const made = await matching.refresh();
  expect(made.counts).toEqual(counts);
  expect(order(await matching.allRows())).toEqual(order(mended));
});

test('who did what is kept, newest first, and in the audit log', async () => {
  const { body } = await pipeline.api<{ rows: { action: string; by: string; undone: boolean }[] }>(
    'GET',
    'links',
  );
  expect(body.rows.map(({ action, undone }) => [action, undone])).toEqual([
    ['unlinked', true],
    ['by hand', false],
    ['unlinked', true],
    ['accepted', false],
    ['accepted', false],
    ['accepted', false],
    ['accepted', true],
  ]);
  expect(body.rows[0]?.by).toMatch(/^API token/);
});
