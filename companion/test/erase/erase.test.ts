import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makePush } from '../../simulators/upflow/send-pushes.ts';
import { openMatchingConsole } from '../match/matching-console.ts';
import { findTexts } from '../support/dump-database.ts';
import { eventually, startPipeline, type AccountRow, type Pipeline } from '../support/start-pipeline.ts';

interface Erasure {
  id: string;
  state: string;
  customerId: string | null;
  reason: { code: string; explanation: string } | null;
  requestedBy: string;
  endedAt: string | null;
  counts: Record<string, number>;
}

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'ERP_Code__c' } });
}, 60_000);
afterAll(() => pipeline.stop());

/** Texts that name one customer, and whatever holds them. */
const canariesOf = (name: string) => ({
  id: `canary-id-${name}`,
  name: `Canaryname${name} Ltd`,
  identifier: `CANARY-${name}`,
  workflow: `canary-workflow-${name}`,
  field: `canary-field-${name}`,
  portal: `https://pay.example.com/canary-portal-${name}`,
});

const customerOf = (canaries: ReturnType<typeof canariesOf>, amountDue = 100) => ({
  id: canaries.id,
  name: canaries.name,
  externalId: canaries.identifier,
  currency: 'USD',
  amountDue,
  workflow: { id: 'w', name: canaries.workflow },
  portal: { url: canaries.portal },
  customFields: [{ id: 'f', name: 'Tier', type: 'TEXT', value: canaries.field }],
});

const erase = (id: string, confirm = id) =>
  pipeline.api<Erasure & { code?: string; detail?: string }>('POST', `customers/${id}/erase`, { confirm });
const listErasures = async () => (await pipeline.ask<{ rows: Erasure[] }>('GET', 'acme/erasures')).rows;
const inState = (id: string, fits: (erasure: Erasure) => boolean, what: string) =>
  eventually(
    async () => (await listErasures()).find((erasure) => erasure.id === id && fits(erasure)),
    what,
    40,
  );
const done = (id: string) => inState(id, ({ state }) => state === 'done', 'the erasure to end');
const exists = (table: string, needle: string) =>
  findTexts(pipeline.services().database.db, [needle]).then((found) => found.includes(`${table}: ${needle}`));

async function seed(name: string): Promise<{ canaries: ReturnType<typeof canariesOf>; accountId: string }> {
  const canaries = canariesOf(name);
  const [accountId = ''] = await pipeline.seedAccounts([
    { Name: `Account ${name}`, ERP_Code__c: canaries.identifier },
  ]);
  return { canaries, accountId };
}

const shownFields = (account: AccountRow) =>
  Object.entries(account).filter(([name, value]) => name.startsWith('upflow__') && value !== null);

test('an erased customer is in no row of any table, its Account is cleared, and others stay as they are', async () => {
  const { canaries, accountId } = await seed('one');
  const other = await seed('other');
  const ended = await pipeline.push('customer.updated', customerOf(canaries));
  await pipeline.settled(ended);
  // It stands beside another customer in a push, in one that nobody understands, and in all that people look at.
  const shared = makePush('customers.updated', {
    customers: [customerOf(canaries, 200), customerOf(other.canaries)],
  });
  const odd = makePush('customer.merged', { into: { id: canaries.id, name: canaries.name } });
  await pipeline.sendAll([shared, odd]);
  await pipeline.settled(shared.id);
  await pipeline.settled(odd.id);
  await pipeline.api('POST', 'exports', { kind: 'selection', customerIds: [canaries.id, other.canaries.id] });
  await openMatchingConsole(pipeline).refresh();
  await eventually(async () => ((await exists('match_row', canaries.name)) ? true : undefined), 'the report');
  await pipeline.api('POST', 'links', { customerId: canaries.id, accountId });
  await pipeline.api('POST', 'preflight', {});
  const found = await findTexts(pipeline.services().database.db, [canaries.id, canaries.name]);
  expect(found).toEqual(
    expect.arrayContaining(
      [
        'customer',
        'customer_event',
        'customer_term',
        'export_run',
        'match_link',
        'match_row',
        'match_term',
      ].map((table) => `${table}: ${canaries.id}`),
    ),
  );
  expect(shownFields(await pipeline.readAccount(accountId))).not.toEqual([]);

  expect((await erase(canaries.id, 'something else')).body).toMatchObject({ status: 422 });
  const { status, body } = await erase(canaries.id);
  expect(status).toBe(202);
  const erasure = await done(body.id);
  expect(erasure).toMatchObject({
    customerId: null,
    reason: null,
    requestedBy: expect.stringContaining('API token'),
  });
  expect(erasure.counts).toMatchObject({ customer: 1, account: 1, push: 3, match_row: 1, match_link: 1 });

  expect(shownFields(await pipeline.readAccount(accountId))).toEqual([]);
  const { db } = pipeline.services().database;
  const { id, ...personal } = canaries;
  expect(await findTexts(db, [...Object.values(personal), canaries.name.toLowerCase()])).toEqual([]);
  // The audit log can only be added to, and names by id what people did before.
  expect(await findTexts(db, [id])).toEqual([`audit: ${id}`]);
  expect((await findTexts(db, [other.canaries.name])).join()).toMatch(/customer: .*customer_name: .*push: /);
  expect((await pipeline.readPush(shared.id)).customers).toEqual([
    expect.objectContaining({ customerId: other.canaries.id, outcome: 'written' }),
  ]);
  expect((await pipeline.readPush(ended)).customers).toEqual([
    expect.objectContaining({
      customerId: null,
      outcome: 'rejected',
      reason: expect.objectContaining({ code: 'erased' }),
    }),
  ]);
  expect(pipeline.logLines.join('\n')).not.toContain(canaries.name);
}, 60_000);

test('a push, a push with others, and what is read from Upflow later do not bring an erased customer back', async () => {
  const { canaries, accountId } = await seed('two');
  const other = await seed('next');
  await pipeline.settled(await pipeline.push('customer.updated', customerOf(canaries)));
  await done((await erase(canaries.id)).body.id);
  expect((await erase(canaries.id)).body).toMatchObject({ status: 409 });

  const alone = await pipeline.settled(await pipeline.push('customer.updated', customerOf(canaries, 300)));
  expect(alone).toMatchObject({
    outcome: 'rejected',
    customers: [{ customerId: null, reason: { code: 'erased' } }],
  });
  const together = await pipeline.push('customers.updated', {
    customers: [customerOf(canaries, 300), customerOf(other.canaries, 400)],
  });
  const { customers } = await pipeline.settled(together);
  expect(customers).toEqual([
    expect.objectContaining({ customerId: null, outcome: 'rejected' }),
    expect.objectContaining({ customerId: other.canaries.id, outcome: 'written' }),
  ]);
  await pipeline.settled(await pipeline.push('customer.renamed', { id: canaries.id, name: canaries.name }));
  await pipeline.settled(await pipeline.push('customer.deleted', { id: canaries.id }));
  expect(await findTexts(pipeline.services().database.db, Object.values(canaries))).toEqual([]);
  expect(shownFields(await pipeline.readAccount(accountId))).toEqual([]);
}, 60_000);

test('a customer that is erased while its pushes pour in is gone at the end, and stays gone', async () => {
  const { canaries, accountId } = await seed('three');
  await pipeline.settled(await pipeline.push('customer.updated', customerOf(canaries)));
  const pushes = Array.from({ length: 120 }, (_, index) =>
    makePush('customer.updated', {
      ...customerOf(canaries, index),
      updatedAt: new Date(Date.now() + index).toISOString(),
    }),
  );
  const sending = pipeline.sendAll(pushes, { shuffle: true });
  const { body } = await erase(canaries.id);
  await sending;
  await done(body.id);
  for (const { id } of pushes) await pipeline.settled(id);
  expect(await findTexts(pipeline.services().database.db, Object.values(canaries))).toEqual([]);
  expect(shownFields(await pipeline.readAccount(accountId))).toEqual([]);
}, 60_000);

test('an erasure waits while Salesforce cannot be reached, says so, and goes on by itself after a restart', async () => {
  const { canaries, accountId } = await seed('four');
  await pipeline.settled(await pipeline.push('customer.updated', customerOf(canaries)));
  await pipeline.api('POST', 'pause');
  const { body } = await erase(canaries.id);
  const waiting = await inState(body.id, ({ reason }) => reason !== null, 'the erasure to say why it waits');
  expect(waiting).toMatchObject({ state: 'clearing', customerId: canaries.id, reason: { code: 'paused' } });
  // All but what clears the Account is gone already.
  const { name, workflow, field, portal } = canaries;
  expect(await findTexts(pipeline.services().database.db, [name, workflow, field, portal])).toEqual([]);
  await pipeline.restart();
  await pipeline.api('POST', 'resume');
  await done(body.id);
  expect(await findTexts(pipeline.services().database.db, Object.values(canaries))).toEqual([]);
  expect(shownFields(await pipeline.readAccount(accountId))).toEqual([]);
}, 90_000);

test('nobody erases a customer that nothing is known of', async () => {
  expect((await erase('never-seen')).body).toMatchObject({ status: 404 });
});
