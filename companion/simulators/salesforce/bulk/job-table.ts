import { z } from 'zod';
import { makeId } from '../org/salesforce-ids.ts';
import { DAY_IN_MS, formatTime, parseTime } from '../org/salesforce-times.ts';
import { userNames } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';

const jobTable = '_bulk_job';
const uploadTable = '_bulk_upload';
const resultTable = '_bulk_result';

/** Where jobs, what was uploaded to them and what came of it are kept: with the records, so that a restart ends no job. */
export const bulkTables: readonly string[] = [jobTable, uploadTable, resultTable];

const KEY_PREFIX = '750';
const KEPT_FOR_MS = 7 * DAY_IN_MS;

const jobShape = z.object({
  id: z.string(),
  jobType: z.enum(['V2Ingest', 'V2Query']),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete', 'query', 'queryAll']),
  object: z.string(),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z.string().optional(),
  query: z.string().optional(),
  user: z.enum(userNames),
  createdDate: z.string(),
  systemModstamp: z.string(),
  state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  apiVersion: z.number(),
  lineEnding: z.enum(['LF', 'CRLF']),
  columnDelimiter: z.enum(['COMMA', 'TAB', 'PIPE', 'SEMICOLON', 'CARET', 'BACKQUOTE']),
  numberRecordsProcessed: z.number().default(0),
  numberRecordsFailed: z.number().default(0),
  activeMs: z.number().default(0),
  errorMessage: z.string().optional(),
  /** How many portions of results there are; also how many portions of the work are done. */
  portions: z.number().default(0),
});

/** A job of Bulk API 2.0, for ingest or for a query. */
export type BulkJob = z.infer<typeof jobShape>;

type NewJob = Pick<
  BulkJob,
  'jobType' | 'operation' | 'object' | 'user' | 'state' | 'apiVersion' | 'lineEnding' | 'columnDelimiter'
> &
  Pick<BulkJob, 'externalIdFieldName' | 'assignmentRuleId' | 'query'>;

/** Adds a job. Jobs of more than a week ago are forgotten by the way. */
export function addJob(org: SimulatedOrg, job: NewJob): BulkJob {
  for (const { id } of readJobs(org).filter((kept) => isExpired(org, kept))) removeJob(org, id);
  const id = makeId(KEY_PREFIX, org.identity.pod, org.store.nextSerial(jobTable));
  const now = formatTime(org.clock.now());
  const given = Object.entries(job).filter(([, value]) => value !== undefined);
  org.store.put(jobTable, id, {
    ...(Object.fromEntries(given) as StoredRecord),
    id,
    createdDate: now,
    systemModstamp: now,
  });
  return mustFindJob(org, id);
}

/** A job by its id, if it is not too old. */
export function findJob(org: SimulatedOrg, id: string): BulkJob | null {
  const row = org.store.get(jobTable, id);
  if (row === undefined) return null;
  const job = jobShape.parse(row);
  return isExpired(org, job) ? null : job;
}

function mustFindJob(org: SimulatedOrg, id: string): BulkJob {
  return jobShape.parse(org.store.get(jobTable, id));
}

/** All jobs that are not too old, the oldest first. */
export function listJobs(org: SimulatedOrg): BulkJob[] {
  return readJobs(org).filter((job) => !isExpired(org, job));
}

function readJobs(org: SimulatedOrg): BulkJob[] {
  return [...org.store.rows(jobTable).values()].map((row) => jobShape.parse(row));
}

/** Changes what is known of a job, and says what it is then. */
export function changeJob(org: SimulatedOrg, id: string, changes: Partial<BulkJob>): BulkJob {
  org.store.put(jobTable, id, { ...(changes as Changes), systemModstamp: formatTime(org.clock.now()) });
  return mustFindJob(org, id);
}

/** Removes a job with all that belongs to it. */
export function removeJob(org: SimulatedOrg, id: string): void {
  const { portions } = mustFindJob(org, id);
  for (let portion = 0; portion < portions; portion += 1) org.store.remove(resultTable, `${id}-${portion}`);
  org.store.remove(uploadTable, id);
  org.store.remove(jobTable, id);
}

/** Whether nothing more will happen to the job. */
export function isOver(job: BulkJob): boolean {
  return job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted';
}

/** Keeps the CSV that was uploaded to a job. */
export function keepUpload(org: SimulatedOrg, id: string, csv: string): void {
  org.store.put(uploadTable, id, { csv });
}

/** The CSV that was uploaded to a job; null where nothing was. */
export function readUpload(org: SimulatedOrg, id: string): string | null {
  const row = org.store.get(uploadTable, id);
  return row === undefined ? null : String(row.csv);
}

/** Adds the results of the next portion of a job's work. */
export function addPortion(org: SimulatedOrg, job: BulkJob, results: StoredRecord): void {
  org.store.put(resultTable, `${job.id}-${job.portions}`, results);
  org.store.put(jobTable, job.id, { portions: job.portions + 1 });
}

/** The results of one portion. */
export function readPortion(org: SimulatedOrg, job: BulkJob, portion: number): StoredRecord {
  return org.store.get(resultTable, `${job.id}-${portion}`) ?? {};
}

function isExpired({ clock }: SimulatedOrg, job: BulkJob): boolean {
  return parseTime(job.createdDate) < clock.now() - KEPT_FOR_MS;
}
