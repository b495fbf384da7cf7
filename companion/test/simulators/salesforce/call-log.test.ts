import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import type { LoggedCall } from '../../../simulators/salesforce/org/call-log.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const list = async (after = 0): Promise<LoggedCall[]> =>
  ((await org.control('GET', `/calls?after=${after}`)).body as { calls: LoggedCall[] }).calls;

test('the log has each call with its user, rows and status, and no value', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  await org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body: { Phone: '1' } });
  await org.call('/sobjects/Account/upflow__Customer_Id__c/secret-value', { user: 'admin' });
  await org.call("/query?q=SELECT+Id+FROM+Account+WHERE+Name='secret'");
  const calls = await list();
  expect(calls).toMatchObject([
    {
      method: 'PATCH',
      path: `/services/data/v66.0/sobjects/Account/${id}`,
      status: 204,
      rows: 1,
      user: 'admin',
    },
    { path: '/services/data/v66.0/sobjects/Account/upflow__Customer_Id__c/:value', status: 404 },
    { path: '/services/data/v66.0/query', status: 200, rows: 0, user: 'integration' },
  ]);
  expect(JSON.stringify(calls)).not.toContain('secret');
  expect(await list(calls[1]?.number)).toEqual(calls.slice(2));
});

test('a call whose connection was closed has no status, and control calls are not logged', async () => {
  await org.control('PUT', '/faults', [{ fault: 'reset', times: 1 }]);
  await expect(org.call('/limits')).rejects.toThrow();
  await org.control('GET', '/stats');
  expect(await list()).toMatchObject([{ status: null }]);
});

test('whoever listens hears of every call as it is answered', async () => {
  const stop = new AbortController();
  const { body } = await fetch(`${org.simulator.url}/_simulator/calls`, {
    headers: { accept: 'text/event-stream' },
    signal: stop.signal,
  });
  await org.call('/limits');
  let heard = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    heard += decoder.decode(chunk as Uint8Array, { stream: true });
    if (heard.includes('data: ')) break;
  }
  stop.abort();
  expect(JSON.parse(/^data: (.*)$/m.exec(heard)?.[1] ?? '')).toMatchObject({ method: 'GET', status: 200 });
});
