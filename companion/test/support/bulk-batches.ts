import type { Pipeline } from './start-pipeline.ts';

export interface Stats {
  apiCalls: number;
  byResource: Record<string, number>;
}

export const BULK = { above: 5, customers: 500 };
export const NO_BULK = { above: 1_000_000, customers: 500 };
export const MOMENT = Date.parse('2026-11-22T10:00:00Z');

export type Round = Record<string, unknown>[];
export const customer = (index: number, round: number, data: object = {}) => ({
  id: `c${index}`,
  externalId: `B-${index}`,
  currency: 'USD',
  amountDue: 1000 * round + index,
  updatedAt: new Date(MOMENT + round * 60_000).toISOString(),
  ...data,
});
export const many = (count: number, round = 1) =>
  Array.from({ length: count }, (_, index) => customer(index, round));

export const seed = (pipeline: Pipeline, count: number) =>
  pipeline.seedAccounts(
    Array.from({ length: count }, (_, index) => ({ Name: `B ${index}`, Shared_Identifier__c: `B-${index}` })),
  );
export const write = async (pipeline: Pipeline, customers: Round) =>
  pipeline.settled(await pipeline.push('customers.updated', { customers }));
export const stats = (pipeline: Pipeline) => pipeline.control<Stats>('GET', 'stats');
export async function countJobs(pipeline: Pipeline): Promise<number> {
  return (await stats(pipeline)).byResource['POST /jobs/ingest'] ?? 0;
}
export async function countCollections(pipeline: Pipeline): Promise<number> {
  return (await stats(pipeline)).byResource['PATCH /composite/sobjects'] ?? 0;
}
export async function deleteAccount(pipeline: Pipeline, id: string): Promise<void> {
  const { accessToken } = pipeline.salesforce.org.openSession('admin');
  await fetch(`${pipeline.salesforce.url}/services/data/v66.0/sobjects/Account/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

export interface ShownJob {
  id: string;
  state: string;
  numberRecordsProcessed: number;
}

export async function askOrg<Answer>(
  pipeline: Pipeline,
  path: string,
  how: RequestInit = {},
): Promise<Answer> {
  const { accessToken } = pipeline.salesforce.org.openSession('integration');
  const answer = await fetch(`${pipeline.salesforce.url}/services/data/v66.0${path}`, {
    ...how,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
  });
  return (await answer.json()) as Answer;
}

export async function listJobs(pipeline: Pipeline): Promise<ShownJob[]> {
  const { records } = await askOrg<{ records: ShownJob[] }>(pipeline, '/jobs/ingest');
  return Promise.all(records.map(({ id }) => askOrg<ShownJob>(pipeline, `/jobs/ingest/${id}`)));
}

export async function abortAllJobs(pipeline: Pipeline): Promise<void> {
  for (const { id } of await listJobs(pipeline)) {
    await askOrg(pipeline, `/jobs/ingest/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ state: 'Aborted' }),
    });
  }
}
