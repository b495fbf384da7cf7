import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
let ids: string[];
beforeEach(async () => {
  pipeline = await startPipeline();
  ids = await pipeline.seedAccounts(
    Array.from({ length: 200 }, (_, index) => ({
      Name: `Account ${index}`,
      Shared_Identifier__c: `R-${index}`,
    })),
  );
});
afterEach(() => pipeline.stop());

const idOf = (index: number) => ids[index] ?? '';
const updatedAt = () => new Date().toISOString();
const customer = (index: number, data: object = {}) => ({
  id: `c${index}`,
  externalId: `R-${index}`,
  currency: 'USD',
  amountDue: 100 + index,
  updatedAt: updatedAt(),
  ...data,
});

async function deleteAccount(id: string): Promise<void> {
  const { accessToken } = pipeline.salesforce.org.openSession('admin');
  await fetch(`${pipeline.salesforce.url}/services/data/v66.0/sobjects/Account/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

test('refused rows leave the other rows of their call written, each with its own outcome and reason', async () => {
  // Known before, so that the deleted one is found out by the write.
  const all = Array.from({ length: 200 }, (_, index) => customer(index));
  await pipeline.settled(await pipeline.push('customers.updated', { customers: all }));
  await deleteAccount(idOf(3));
  await pipeline.control('PUT', 'settings', {
    validationRules: [
      {
        name: 'No_C',
        field: 'upflow__Payer_Rating__c',
        whenEquals: 'C',
        message: 'Ask finance before using C.',
      },
    ],
  });
  await pipeline.control('PUT', 'faults', [
    { match: { path: '/composite/sobjects' }, fault: 'rowError', accountIds: [idOf(4)], times: 1 },
  ]);

  const next = all.map((known, index) =>
    customer(index, {
      amountDue: known.amountDue + 5000,
      ...(index === 1 ? { workflow: { name: 'w'.repeat(300) } } : {}),
      ...(index === 2 ? { rating: 'C' } : {}),
    }),
  );
  const pushId = await pipeline.push('customers.updated', { customers: next });
  const push = await pipeline.settled(pushId);
  const of = (index: number) => push.customers.find(({ customerId }) => customerId === `c${index}`);

  expect(push.outcome).toBe('needs attention');
  expect(of(1)).toMatchObject({ outcome: 'needs attention', reason: { code: 'STRING_TOO_LONG' } });
  expect(of(2)).toMatchObject({
    outcome: 'needs attention',
    reason: { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Ask finance before using C.' },
  });
  expect(of(3)).toMatchObject({ outcome: 'needs attention', reason: { code: 'ENTITY_IS_DELETED' } });
  expect(of(4)).toMatchObject({ outcome: 'written', reason: null });
  for (const index of [1, 2, 3]) expect(of(index)?.reason?.action).toMatch(/retry/);

  const written = push.customers.filter(({ outcome }) => outcome === 'written');
  expect(written).toHaveLength(197);
  for (const index of [0, 4, 199]) {
    expect(await pipeline.readAccount(idOf(index))).toMatchObject({
      upflow__Due_Amount__c: (5100 + index) / 100,
    });
  }
  expect(await pipeline.readAccount(idOf(2))).toMatchObject({
    upflow__Due_Amount__c: 1.02,
    upflow__Sync_Status__c: 'Needs attention',
    upflow__Sync_Message__c: expect.stringContaining('validation rule'),
  });
  expect(pipeline.logLines.join('')).not.toContain('wwww');
});

test('a row that is tried again says why it is still pending, and is written in the end', async () => {
  await pipeline.control('PUT', 'faults', [
    { match: { path: '/composite/sobjects' }, fault: 'rowError', accountIds: [idOf(5)], times: 2 },
  ]);
  const pushId = await pipeline.push('customer.updated', customer(5));
  const pending = await eventually(async () => {
    const { outcome, customers } = await pipeline.readPush(pushId);
    return outcome === 'pending' && customers[0]?.reason ? customers[0] : undefined;
  }, 'the reason');
  expect(pending.reason).toMatchObject({
    code: 'UNABLE_TO_LOCK_ROW',
    action: expect.stringContaining('again'),
  });
  expect(await pipeline.settled(pushId)).toMatchObject({ outcome: 'written', customers: [{ reason: null }] });
});

test('once the cause is gone, Retry writes the row and the push ends written', async () => {
  await pipeline.control('PUT', 'settings', {
    validationRules: [{ name: 'No', field: 'upflow__Payer_Rating__c', whenEquals: 'D', message: 'No.' }],
  });
  const pushId = await pipeline.push('customer.updated', customer(7, { rating: 'D' }));
  expect((await pipeline.settled(pushId)).outcome).toBe('needs attention');
  await pipeline.control('PUT', 'settings', { validationRules: [] });
  await pipeline.retry(pushId);
  await pipeline.settledAs(pushId, 'written');
  expect(await pipeline.readAccount(idOf(7))).toMatchObject({
    upflow__Payer_Rating__c: 'D',
    upflow__Sync_Status__c: 'Synced',
    upflow__Sync_Message__c: null,
  });
});

test('an Account that is given the identifier later is found by Retry', async () => {
  const pushId = await pipeline.push('customer.updated', { ...customer(900), externalId: 'R-new' });
  expect((await pipeline.settled(pushId)).outcome).toBe('unmatched');
  await pipeline.seedAccounts([{ Name: 'New', Shared_Identifier__c: 'R-new' }]);
  await pipeline.retry(pushId);
  await pipeline.settledAs(pushId, 'written');
});

describe('when Salesforce as a whole is in trouble, the push waits and is written afterwards:', () => {
  test.each([
    ['503 as HTML', { fault: 'status', status: 503, contentType: 'text/html', body: '<html>busy</html>' }],
    [
      '200 with a maintenance page',
      { fault: 'status', status: 200, contentType: 'text/html', body: '<html/>' },
    ],
    ['a connection reset before the work', { fault: 'reset' }],
    ['a connection reset after the work', { fault: 'resetAfter' }],
    ['an answer cut short', { fault: 'cutJson' }],
    ['an answer with rows missing', { fault: 'dropRows' }],
    ['a redirect to another host', { fault: 'redirect', location: 'http://127.0.0.1:9/steal' }],
    [
      'an exhausted API limit',
      {
        fault: 'status',
        status: 403,
        body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
      },
    ],
  ])('%s', async (_name, fault) => {
    await pipeline.control('PUT', 'faults', [{ match: { path: '/composite/sobjects' }, times: 1, ...fault }]);
    const pushId = await pipeline.push('customer.updated', customer(11));
    expect(await pipeline.settled(pushId)).toMatchObject({
      outcome: 'written',
      customers: [{ accountId: idOf(11) }],
    });
    expect(await pipeline.readAccount(idOf(11))).toMatchObject({ upflow__Due_Amount__c: 1.11 });
  });

  test('a session that expires costs one new sign-in and no waiting', async () => {
    await pipeline.settled(await pipeline.push('customer.updated', customer(12)));
    await pipeline.control('PUT', 'faults', [
      { match: { path: '/composite/sobjects' }, times: 1, fault: 'expireSession' },
    ]);
    const pushId = await pipeline.push('customer.updated', customer(12, { amountDue: 9900 }));
    expect((await pipeline.settled(pushId)).outcome).toBe('written');
    expect(pipeline.logLines.join('')).not.toContain('export held');
  });

  test('a session that is refused for ever costs a bounded number of calls, and the push says what it waits for', async () => {
    await pipeline.control('PUT', 'faults', [
      {
        match: { path: '/services/data' },
        fault: 'status',
        status: 401,
        body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
      },
    ]);
    const pushId = await pipeline.push('customer.updated', customer(13));
    const waiting = await pipeline.waiting(pushId);
    expect(waiting.reason.code).toBe('INVALID_SESSION_ID');
    const [fault] = await pipeline.control<{ fired: number }[]>('GET', 'faults');
    expect(fault?.fired).toBeLessThanOrEqual(4);
    await pipeline.control('PUT', 'faults', []);
    expect((await pipeline.settled(pushId)).outcome).toBe('written');
  });

  test('a user without the permission set is told which one it needs', async () => {
    await pipeline.control('PUT', 'settings', { permissionSets: { integration: [] } });
    const pushId = await pipeline.push('customer.updated', customer(14));
    const waiting = await pipeline.waiting(pushId);
    expect(waiting.reason).toMatchObject({ action: expect.stringContaining('Upflow Integration') });
    await pipeline.control('PUT', 'settings', { permissionSets: { integration: ['Upflow_Integration'] } });
    expect((await pipeline.settled(pushId)).outcome).toBe('written');
  });
});

test('a value that was written although its answer was lost is written back by a push that wants the earlier one', async () => {
  await pipeline.settled(await pipeline.push('customer.updated', customer(15, { amountDue: 100 })));
  await pipeline.control('PUT', 'faults', [
    { match: { path: '/composite/sobjects' }, times: 1, fault: 'resetAfter' },
  ]);
  await pipeline.waiting(await pipeline.push('customer.updated', customer(15, { amountDue: 200 })));
  expect(await pipeline.readAccount(idOf(15))).toMatchObject({ upflow__Due_Amount__c: 2 });
  const last = await pipeline.push('customer.updated', customer(15, { amountDue: 100 }));
  expect((await pipeline.settled(last)).outcome).toBe('written');
  expect(await pipeline.readAccount(idOf(15))).toMatchObject({ upflow__Due_Amount__c: 1 });
});
