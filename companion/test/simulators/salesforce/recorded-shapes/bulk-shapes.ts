import type { Reply, TestOrg } from '../open-simulator.ts';
import { bulkQuery, ingest, move, openJob, upload } from '../bulk-jobs.ts';
import type { RecordedShape, Shape } from './shape.ts';

const recordings =
  'https://github.com/api-evangelist/salesforce openapi (jobs/ingest and jobs/query, operations with a Date header)';
const json = { 'content-type': /^application\/json;charset=UTF-8$/ };
const csv = { 'content-type': /^text\/csv$/ };

const brief: Record<string, Shape> = {
  id: 'id',
  operation: 'string',
  object: 'string',
  createdById: 'id',
  createdDate: 'datetime',
  systemModstamp: 'datetime',
  state: 'string',
  concurrencyMode: /^Parallel$/,
  contentType: /^CSV$/,
  apiVersion: 'number',
};
const format: Record<string, Shape> = { lineEnding: /^LF$/, columnDelimiter: /^COMMA$/ };
const insert = { operation: 'insert' };

async function askJob(org: TestOrg, ask: (id: string) => Promise<Reply>): Promise<Reply> {
  return ask((await ingest(org, insert, 'Name\nA\n')).id);
}

/** Jobs of Bulk API 2.0. */
export const bulkShapes: RecordedShape[] = [
  {
    name: 'an ingest job that was created',
    source: recordings,
    ask: (org) =>
      org.call('/jobs/ingest', { method: 'POST', user: 'admin', body: { object: 'Account', ...insert } }),
    status: 200,
    headers: json,
    body: { ...brief, contentUrl: /^services\/data\/v66\.0\/jobs\/ingest\/750\w{15}\/batches$/, ...format },
  },
  {
    name: 'data that was uploaded',
    source: recordings,
    ask: async (org) => upload(org, await openJob(org, insert), 'Name\nA\n'),
    status: 201,
    body: /^$/,
  },
  {
    name: 'an ingest job that was closed',
    source: recordings,
    ask: async (org) => move(org, await openJob(org, insert), 'UploadComplete'),
    status: 200,
    headers: json,
    body: brief,
  },
  {
    name: 'an ingest job that is complete',
    source: recordings,
    ask: (org) => askJob(org, (id) => org.call(`/jobs/ingest/${id}`)),
    status: 200,
    headers: json,
    body: {
      ...brief,
      jobType: /^V2Ingest$/,
      ...format,
      numberRecordsProcessed: 'number',
      numberRecordsFailed: 'number',
      retries: 'number',
      totalProcessingTime: 'number',
      apiActiveProcessingTime: 'number',
      apexProcessingTime: 'number',
    },
  },
  {
    name: 'the successful rows of an ingest job',
    source: recordings,
    ask: (org) => askJob(org, (id) => org.call(`/jobs/ingest/${id}/successfulResults`)),
    status: 200,
    headers: csv,
    body: /^"sf__Id","sf__Created",Name\n/,
  },
  {
    name: 'the failed rows of an ingest job without any',
    source: recordings,
    ask: (org) => askJob(org, (id) => org.call(`/jobs/ingest/${id}/failedResults`)),
    status: 200,
    headers: csv,
    body: /^"sf__Id","sf__Error",Name\n$/,
  },
  {
    name: 'the list of all jobs',
    source: recordings,
    ask: (org) => askJob(org, () => org.call('/jobs/ingest?jobType=V2Ingest')),
    status: 200,
    headers: json,
    body: {
      done: 'boolean',
      nextRecordsUrl: 'string or null',
      records: [{ ...brief, jobType: /^V2Ingest$/, 'contentUrl?': 'string', ...format }],
    },
  },
  {
    name: 'a query job that was created',
    source: recordings,
    ask: (org) =>
      org.call('/jobs/query', {
        method: 'POST',
        user: 'admin',
        body: { operation: 'query', query: 'SELECT Id FROM Account' },
      }),
    status: 200,
    headers: json,
    body: { ...brief, ...format },
  },
  {
    name: 'the results of a query job',
    source: 'https://github.com/simple-salesforce/simple-salesforce simple_salesforce/bulk2.py',
    ask: async (org) => {
      const id = await bulkQuery(org, 'SELECT Id, Name FROM Account');
      return org.call(`/jobs/query/${id}/results`, { user: 'admin' });
    },
    status: 200,
    headers: { ...csv, 'sforce-numberofrecords': /^\d+$/, 'sforce-locator': /^null$/ },
    body: /^"Id","Name"\n"001\w{15}",/,
  },
  {
    name: 'an abort that comes too late',
    source: 'https://github.com/mohan-chinnappan-n/cli-dx REST and Bulk API notes',
    ask: (org) => askJob(org, (id) => move(org, id, 'Aborted')),
    status: 400,
    body: [{ errorCode: /^INVALIDJOBSTATE$/, message: /^Aborting already Completed Job not allowed$/ }],
  },
];
