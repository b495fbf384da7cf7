import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { findApiFamily } from '../../../simulators/salesforce/http/api-families.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const arm = (match: object, more: object = {}) =>
  org.control('PUT', '/faults', [{ match, fault: 'status', status: 418, ...more }]);
const status = async (...call: Parameters<TestOrg['call']>) => (await org.call(...call)).status;

test('a fault can be meant for one user', async () => {
  await arm({ user: 'rep' });
  expect([await status('/limits', { user: 'rep' }), await status('/limits', { user: 'admin' })]).toEqual([
    418, 200,
  ]);
});

test('a fault can be meant for one part of the API', async () => {
  await arm({ api: 'query' });
  expect([await status('/query?q=SELECT+Id+FROM+Account'), await status('/limits')]).toEqual([418, 200]);
});

test('a fault can be meant for requests with a record in their body', async () => {
  const [first = '', second = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
  await arm({ body: second });
  const update = (id: string) =>
    status('/composite/sobjects', {
      method: 'PATCH',
      body: { records: [{ attributes: { type: 'Account' }, id }] },
    });
  expect([await update(first), await update(second)]).toEqual([200, 418]);
});

test('a fault that happens with some probability happens to the same requests for the same seed', async () => {
  const draw = async (seed: number) => {
    await arm({ probability: 0.5, seed });
    const statuses = [];
    for (let call = 0; call < 20; call += 1) statuses.push(await status('/limits'));
    return statuses;
  };
  const first = await draw(1);
  expect(first).toContain(200);
  expect(first).toContain(418);
  expect(await draw(1)).toEqual(first);
  expect(await draw(2)).not.toEqual(first);
});

test('nth picks among the requests that match the rest', async () => {
  await arm({ user: 'rep', nth: 2 });
  await status('/limits', { user: 'admin' });
  expect([
    await status('/limits', { user: 'rep' }),
    await status('/limits', { user: 'rep' }),
    await status('/limits', { user: 'rep' }),
  ]).toEqual([200, 418, 200]);
});

test.each([
  ['/services/oauth2/token', 'oauth'],
  ['/services/data/v66.0/query?q=x', 'query'],
  ['/services/data/v66.0/queryAll/01g-2000', 'query'],
  ['/services/data/v66.0/sobjects/Account/001000000000001', 'records'],
  ['/services/data/v66.0/sobjects/Account/describe', 'describe'],
  ['/services/data/v66.0/composite/sobjects/Account/Ext__c', 'collections'],
  ['/services/data/v66.0/composite/graph', 'composite'],
  ['/services/data/v66.0/jobs/ingest/750000000000001/batches', 'bulk'],
  ['/services/data/v66.0/tooling/query?q=x', 'tooling'],
  ['/services/data/v66.0/', 'other'],
])('%s belongs to %s', (url, family) => {
  expect(findApiFamily(url)).toBe(family);
});
