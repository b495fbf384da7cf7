import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
afterEach(() => pipeline.stop());

const byCustomField = {
  identifier: { upflow: 'customField:f', salesforce: 'Shared_Identifier__c' },
} as const;
const customer = (id: string, value: string, data: object = {}) => ({
  id,
  customFields: [{ id: 'f', value }],
  ...data,
});

test('a push that the database cannot keep ends rejected, and the pushes around it go their way', async () => {
  pipeline = await startPipeline(byCustomField);
  await pipeline.seedAccounts([{ Name: 'A', Shared_Identifier__c: 'a' }]);
  const depth = 20_000;
  const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const before = await pipeline.push('customer.updated', customer('before', 'a'));
  await pipeline.sendAll([
    {
      id: 'deep',
      body: `{"type":"customer.updated","timestamp":"2026-11-22T10:00:00Z","data":{"id":"deep","x":${nested}}}`,
    },
  ]);
  const after = await pipeline.push('customer.updated', customer('after', 'b'));
  expect((await pipeline.settled(before)).outcome).toBe('written');
  expect((await pipeline.settled(after)).outcome).toBe('unmatched');
  expect(await pipeline.settled('deep')).toMatchObject({
    outcome: 'rejected',
    customers: [{ customerId: null, reason: { code: 'unstorable' } }],
  });
});

test.each([
  ['a NUL character', 'a\0b'],
  ['nothing but blanks', ' '],
  ['far too many characters', randomBytes(20_000).toString('base64')],
])('a custom field with %s is no identifier', async (_name, value) => {
  pipeline = await startPipeline(byCustomField);
  const pushId = await pipeline.push('customer.updated', customer('odd', value));
  expect(await pipeline.settled(pushId)).toMatchObject({
    customers: [{ reason: { code: 'no-identifier' } }],
  });
});
