import type { Reply, Request, TestOrg } from './open-simulator.ts';

export interface JobInfo {
  id: string;
  state: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
  errorMessage?: string;
}

const over = new Set(['JobComplete', 'Failed', 'Aborted']);

/** Asks for a job until nothing more will happen to it. */
export async function waitForJob(org: TestOrg, kind: 'ingest' | 'query', id: string): Promise<JobInfo> {
  for (;;) {
    const { body } = await org.call(`/jobs/${kind}/${id}`, { user: 'admin' });
    const job = body as JobInfo;
    if (over.has(job.state)) return job;
  }
}

/** Creates an ingest job. */
export async function openJob(org: TestOrg, job: object, request: Request = {}): Promise<string> {
  const options: Request = { method: 'POST', user: 'admin', ...request };
  const reply = await org.call('/jobs/ingest', { ...options, body: { object: 'Account', ...job } });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return (reply.body as JobInfo).id;
}

/** Uploads the data of a job. */
export function upload(org: TestOrg, id: string, csv: string): Promise<Reply> {
  const headers = { 'content-type': 'text/csv' };
  return org.call(`/jobs/ingest/${id}/batches`, { method: 'PUT', user: 'admin', headers, body: csv });
}

/** Moves a job to another state. */
export function move(org: TestOrg, id: string, state: string): Promise<Reply> {
  return org.call(`/jobs/ingest/${id}`, { method: 'PATCH', user: 'admin', body: { state } });
}

/** The whole life of an ingest job. */
export async function ingest(org: TestOrg, job: object, csv: string): Promise<JobInfo> {
  const id = await openJob(org, job);
  await upload(org, id, csv);
  await move(org, id, 'UploadComplete');
  return waitForJob(org, 'ingest', id);
}

/** One of the files of results. */
export async function readResults(org: TestOrg, id: string, name: string): Promise<string> {
  return String((await org.call(`/jobs/ingest/${id}/${name}`, { user: 'admin' })).body);
}

/** The whole life of a query job, up to its results. */
export async function bulkQuery(org: TestOrg, query: string, more: object = {}): Promise<string> {
  const body = { operation: 'query', query, ...more };
  const reply = await org.call('/jobs/query', { method: 'POST', user: 'admin', body });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  const { id } = reply.body as JobInfo;
  await waitForJob(org, 'query', id);
  return id;
}
