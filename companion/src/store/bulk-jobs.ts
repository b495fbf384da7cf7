import { sql, type Kysely } from 'kysely';
import type { Lease } from './claims.ts';
import type { Tables } from './tables.ts';

/** A bulk job that nobody has settled yet. */
export interface OpenBulkJob {
  jobId: string;
  /** Whether a process waits for its end. */
  isAttended: boolean;
  ageInSeconds: number;
}

/** Notes a job before anything can be written by it; in the transaction that forgets what its Accounts hold. */
export async function insertBulkJob(
  trx: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  { jobId, records }: { jobId: string; records: number },
): Promise<void> {
  await sql`
    insert into bulk_job (connection_id, job_id, lease_id, lease_until, records, run_id)
    values (${connectionId}, ${jobId}, ${lease.id}, now() + make_interval(secs => ${lease.seconds}), ${records}, (
      select run_id from customer
      where connection_id = ${connectionId} and lease_id = ${lease.id} and run_id is not null
      group by run_id order by count(*) desc, run_id limit 1))`.execute(trx);
}

/** Says that the job's process is alive. */
export async function attendBulkJob(db: Kysely<Tables>, connectionId: string, lease: Lease): Promise<void> {
  await sql`
    update bulk_job set lease_until = now() + make_interval(secs => ${lease.seconds})
    where connection_id = ${connectionId} and lease_id = ${lease.id}`.execute(db);
}

/** Notes how many rows of a job Salesforce has tried. */
export async function saveBulkProgress(
  db: Kysely<Tables>,
  connectionId: string,
  jobId: string,
  processed: number,
): Promise<void> {
  await sql`
    update bulk_job set processed = ${processed}
    where connection_id = ${connectionId} and job_id = ${jobId} and processed <> ${processed}`.execute(db);
}

/** Ends what a job shows of its progress: its customers are counted by how they ended. */
export async function endBulkProgress(
  trx: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
): Promise<void> {
  await sql`
    update bulk_job set processed = 0 where connection_id = ${connectionId} and lease_id = ${leaseId}`.execute(
    trx,
  );
}

/** Leaves a job whose end is not known to whoever exports the connection next. */
export async function leaveBulkJob(db: Kysely<Tables>, connectionId: string, jobId: string): Promise<void> {
  await sql`
    update bulk_job set lease_until = '-infinity'
    where connection_id = ${connectionId} and job_id = ${jobId}`.execute(db);
}

/** Forgets a job that writes nothing any more. */
export async function deleteBulkJob(db: Kysely<Tables>, connectionId: string, jobId: string): Promise<void> {
  await sql`delete from bulk_job where connection_id = ${connectionId} and job_id = ${jobId}`.execute(db);
}

/** The jobs of a connection that may still write, oldest first. */
export async function listBulkJobs(db: Kysely<Tables>, connectionId: string): Promise<OpenBulkJob[]> {
  const { rows } = await sql<OpenBulkJob>`
    select job_id as "jobId", lease_until > now() as "isAttended",
      extract(epoch from now() - started_at)::float8 as "ageInSeconds"
    from bulk_job where connection_id = ${connectionId} order by started_at, job_id`.execute(db);
  return rows;
}
