import { afterEach, expect, test } from '@jest/globals';
import { startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
afterEach(() => pipeline.stop());

const customer = (externalId: string) => ({ id: 'c', externalId });

test.each([
  ['Id', 'T-285'],
  ['Id', '001000000000001'],
  ['ParentId', 'T-285'],
  ['NumberOfEmployees', 'many'],
])(
  'a customer whose identifier cannot be in the field %s (%s) is unmatched and holds up nobody',
  async (salesforce, externalId) => {
    pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce } });
    const push = await pipeline.settled(await pipeline.push('customer.updated', customer(externalId)));
    expect(push.customers[0]).toMatchObject({ outcome: 'unmatched', reason: { code: 'no-account' } });
  },
);

test('a customer is matched by a number', async () => {
  pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'NumberOfEmployees' } });
  await pipeline.seedAccounts([{ Name: 'A', NumberOfEmployees: 285 }]);
  const push = await pipeline.settled(await pipeline.push('customer.updated', customer('285')));
  expect(push.outcome).toBe('written');
});

test.each(['ΟΔΟΣ', 'İSTANBUL', 'ÉCOLE'])('a customer is matched by %s', async (identifier) => {
  pipeline = await startPipeline();
  await pipeline.seedAccounts([{ Name: 'A', Shared_Identifier__c: identifier }]);
  const push = await pipeline.settled(await pipeline.push('customer.updated', customer(identifier)));
  expect(push.outcome).toBe('written');
});

test('a push whose id cannot be is unknown', async () => {
  pipeline = await startPipeline();
  await expect(pipeline.readPush('%00')).rejects.toThrow('404');
});
