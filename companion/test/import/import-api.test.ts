import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  startUpflowSimulator,
  type UpflowSimulator,
} from '../../simulators/upflow/start-upflow-simulator.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

interface Run {
  id: string;
  state: string;
  counts: Record<string, number>;
}
interface Problem {
  status: number;
  errors: { field: string; problem: string }[];
}
interface Report {
  run: Run | null;
  skipped: { code: string; count: number; action: string }[];
  rows: { customerId: string; recordId: string }[];
}

let upflow: UpflowSimulator;
let pipeline: Pipeline;
let accountId: string;

beforeAll(async () => {
  upflow = await startUpflowSimulator();
  pipeline = await startPipeline({ config: { upflowSimulatorOrigin: upflow.url }, notExporting: ['acme'] });
  const { apiKey, apiSecret } = upflow.keys();
  await pipeline.api('PUT', 'upflow', { environment: 'production', apiKey, apiSecret });
  [accountId = ''] = await pipeline.seedAccounts([
    { Name: 'Edge', Shared_Identifier__c: 'imp-1', Industry: 'Energy' },
  ]);
  await callUpflow('POST', '/customers', { id: 'edge', externalId: 'imp-1', name: 'Edge' });
  await callUpflow('POST', '/customers/edge/contacts', { email: 'billing@edge.example' });
  await pipeline.push('customer.updated', { id: 'edge', externalId: 'imp-1', name: 'Edge' });
  const { org } = pipeline.salesforce;
  const { accessToken } = org.openSession('admin');
  for (const contact of [
    { LastName: 'Payable', Email: 'ap@edge.example', Title: 'AP' },
    { LastName: 'Silent' },
  ]) {
    await fetch(`${pipeline.salesforce.url}/services/data/v66.0/sobjects/Contact`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...contact, AccountId: accountId }),
    });
  }
}, 60_000);
afterAll(async () => {
  await pipeline.stop();
  await upflow.close();
});

async function callUpflow<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { apiKey, apiSecret } = upflow.keys();
  const answer = await fetch(`${upflow.url}/v1${path}`, {
    method,
    headers: { 'x-api-key': apiKey, 'x-api-secret': apiSecret, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Answer;
}

const ended = () =>
  eventually(async () => {
    const { body } = await pipeline.api<{ rows: Run[] }>('GET', 'import-runs');
    const [run] = body.rows;
    return run !== undefined && ['done', 'failed', 'stopped'].includes(run.state) ? run : undefined;
  }, 'the import to end');

test('fields are listed with the reason where they cannot be imported', async () => {
  const { status, body } = await pipeline.api<{
    customer: { name: string; allowed: boolean; reason: string | null; fits: string[] }[];
  }>('GET', 'import-fields');
  expect(status).toBe(200);
  expect(body.customer.find(({ name }) => name === 'Industry')).toMatchObject({
    allowed: true,
    fits: ['SELECT', 'TEXT'],
  });
  expect(body.customer.find(({ name }) => name === 'BillingAddress')).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('group of fields'),
  });
});

test('a choice that cannot work is refused with the field and the fix', async () => {
  const choice = {
    owners: false,
    contacts: false,
    filter: { field: 'Nope__c', operator: 'equals', values: ['x'] },
  };
  const fields = [{ level: 'customer', field: 'BillingAddress', create: { name: 'Address', type: 'TEXT' } }];
  const { status, body } = await pipeline.api<Problem>('PUT', 'import-settings', { ...choice, fields });
  expect(status).toBe(422);
  expect(body.errors.map(({ field }) => field)).toEqual(['fields.0', 'filter.field']);
});

test('saving begins an import that brings owner, contacts and fields into Upflow, and reports what it skipped', async () => {
  const { status } = await pipeline.api('PUT', 'import-settings', {
    ...{ owners: true, contacts: true },
    fields: [{ level: 'customer', field: 'Industry', create: { name: 'Branch', type: 'TEXT' } }],
  });
  expect(status).toBe(200);
  const run = await ended();
  expect(run.state).toBe('done');
  const contacts = await callUpflow<{ items: object[] }>('GET', '/customers/edge/contacts');
  expect(contacts.items).toEqual([
    expect.objectContaining({ email: 'ap@edge.example', jobTitle: 'AP', isMain: true }),
  ]);
  expect(await callUpflow('GET', '/customers/edge')).toMatchObject({
    accountManagerId: expect.any(String),
    customFields: [expect.objectContaining({ value: 'Energy' })],
  });
  const { body: report } = await pipeline.api<Report>('GET', `import-runs/${run.id}?code=no-email`);
  expect(report.skipped).toContainEqual(
    expect.objectContaining({ code: 'no-email', count: 1, action: expect.any(String) }),
  );
  expect(report.rows).toEqual([expect.objectContaining({ customerId: 'edge' })]);
});

test('an import starts by hand, once at a time, and nothing is sent again', async () => {
  const [first, second] = await Promise.all([
    pipeline.api<Run>('POST', 'import-runs', { full: true }),
    pipeline.api<Run>('POST', 'import-runs', {}),
  ]);
  expect([first.status, second.status].toSorted()).toEqual([202, 409]);
  const run = await ended();
  expect(Object.keys(run.counts).filter((name) => /created|updated|assigned|sent/.test(name))).toEqual([]);
});

test('turning contacts off removes what was imported', async () => {
  const { body } = await pipeline.api<{ imported: { contacts: number } }>('GET', 'import-settings');
  expect(body.imported.contacts).toBeGreaterThan(0);
  await pipeline.api('PUT', 'import-settings', { owners: true, contacts: false, fields: [] });
  await ended();
  const contacts = await callUpflow<{ items: object[] }>('GET', '/customers/edge/contacts');
  expect(contacts.items).toEqual([]);
});
