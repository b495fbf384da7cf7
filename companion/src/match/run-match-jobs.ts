import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { kindOf, type Connection, type SharedIdentifier } from '../connect/connection.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { readRows } from '../salesforce/read-rows.ts';
import { endMatchJob, saveMatchProgress, takeMatchJob, type MatchJob } from '../store/match-jobs.ts';
import { beginReport, deleteOldReports, showReport } from '../store/match-report.ts';
import { readPairInForce } from '../store/pair-in-force.ts';
import type { Tables } from '../store/tables.ts';
import { finishSwitch } from './finish-switch.ts';
import { gatherSides, hasFigures, type Gathering } from './gather-sides.ts';
import { listAccountFields } from './list-account-fields.ts';
import { PairRanking } from './rank-pairs.ts';
import { sampleCustomers } from './sample-customers.ts';
import { writeReport } from './write-report.ts';

/** Customers that advice rests on. */
const CUSTOMERS_FOR_ADVICE = 10_000;
/** Fields that advice looks at. */
const FIELDS_FOR_ADVICE = 80;
const PROGRESS_INTERVAL_IN_MS = 500;
/** How much of a report is done when both sides are gathered. */
const GATHERED = 0.5;

export interface MatchContext {
  db: Kysely<Tables>;
  connection: Connection;
  client: () => SalesforceClient;
  /** Has the connection's customers exported that were matched anew. */
  kick: () => void;
  log: Logger;
}

/** Works off what was asked for on the matching of one connection, oldest first. One process at a time. */
export async function runMatchJobs(context: MatchContext, signal?: AbortSignal): Promise<void> {
  const { db, connection, kick } = context;
  for (;;) {
    signal?.throwIfAborted();
    if ((await readPairInForce(db, connection.id))?.switching === true) {
      await finishSwitch(db, connection.id, signal);
      kick();
    }
    const job = await takeMatchJob(db, connection.id);
    if (job === undefined) return;
    await runJob(context, job, signal);
  }
}

async function runJob(context: MatchContext, job: MatchJob, signal: AbortSignal | undefined): Promise<void> {
  const { db, connection, log } = context;
  const started = performance.now();
  try {
    const result = await WORK[job.kind](context, job, signal);
    await endMatchJob(db, connection.id, job.id, { result });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    log.info({ connectionId: connection.id, job: job.kind, seconds }, 'matching done');
  } catch (error) {
    // Whoever stops leaves the job to the next process.
    if (signal?.aborted === true) throw error;
    const { reason } = explainCallError(error);
    const unexpected = reason.code === 'unexpected' ? { err: error } : {};
    log.error(
      { connectionId: connection.id, job: job.kind, code: reason.code, ...unexpected },
      'matching failed',
    );
    await endMatchJob(db, connection.id, job.id, { reason });
  }
}

type Work = (context: MatchContext, job: MatchJob, signal: AbortSignal | undefined) => Promise<unknown>;

const WORK: Record<MatchJob['kind'], Work> = { preview, advice, refresh };

async function preview(
  context: MatchContext,
  job: MatchJob,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { db, connection } = context;
  const inForce = (await readPairInForce(db, connection.id))?.pair;
  const pair = job.pair ?? inForce;
  if (pair === undefined) return null;
  const moves = inForce !== undefined && (await hasFigures(db, connection.id));
  const comparison = await gatherSides({
    ...gathering(context, job, signal),
    pair,
    isInForce: isSamePair(pair, inForce),
    label: moves ? 'account' : 'nothing',
  });
  try {
    const { counts, moves: moved } = await comparison.count();
    return { counts, moves: moves ? moved : null };
  } finally {
    await comparison.close();
  }
}

async function refresh(
  context: MatchContext,
  job: MatchJob,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { db, connection } = context;
  const inForce = await readPairInForce(db, connection.id);
  if (inForce?.pair === undefined) return null;
  const { pair, epoch } = inForce;
  const progress = reportProgress(context, job);
  const comparison = await gatherSides({
    ...gathering(context, job, signal),
    onProgress: (share) => progress(share * GATHERED),
    pair,
    isInForce: true,
    label: 'name',
  });
  try {
    const { counts } = await comparison.count();
    const total = Math.max(counts.customers + counts.missingInUpflow, 1);
    const run = await beginReport(db, connection.id);
    const nextOrdinal = await writeReport(
      db,
      connection.id,
      { run, kind: kindOf(pair), comparison },
      (rows) => progress(GATHERED + (rows / total) * (1 - GATHERED)),
    );
    // A report of a pair that was changed meanwhile is not shown: the change has asked for its own.
    if ((await readPairInForce(db, connection.id))?.epoch !== epoch) return null;
    await showReport(db, connection.id, { run, counts, nextOrdinal });
    await deleteOldReports(db, connection.id, run);
    return { counts };
  } finally {
    await comparison.close();
  }
}

async function advice(
  context: MatchContext,
  job: MatchJob,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { db, connection } = context;
  const client = context.client();
  const progress = reportProgress(context, job);
  const sample = await sampleCustomers(db, connection.id, CUSTOMERS_FOR_ADVICE, signal);
  const options = await client.call(listAccountFields);
  const fields = options.filter(({ allowed }) => allowed).slice(0, FIELDS_FOR_ADVICE);
  const ranking = new PairRanking(sample, fields);
  let [accountsRead, total] = [0, 0];
  const names = fields.map(({ name }) => name);
  for await (const rows of readRows(client, names, 'FROM Account', {
    signal,
    onTotal: (count) => (total = count),
  })) {
    ranking.addAccounts(rows);
    accountsRead += rows.length;
    progress(accountsRead / Math.max(total, 1));
  }
  return { rows: ranking.rank(), customersRead: sample.customers, accountsRead };
}

function gathering(
  context: MatchContext,
  job: MatchJob,
  signal: AbortSignal | undefined,
): Pick<Gathering, 'db' | 'connectionId' | 'client' | 'onProgress' | 'signal'> {
  const { db, connection, client } = context;
  return {
    db,
    connectionId: connection.id,
    client: client(),
    onProgress: reportProgress(context, job),
    signal,
  };
}

/** Keeps the progress now and then; that it cannot be kept is no reason to fail. */
function reportProgress({ db, connection }: MatchContext, { id }: MatchJob): (progress: number) => void {
  let last = 0;
  return (progress) => {
    if (performance.now() - last < PROGRESS_INTERVAL_IN_MS) return;
    last = performance.now();
    saveMatchProgress(db, connection.id, id, progress).catch(() => undefined);
  };
}

function isSamePair(a: SharedIdentifier, b: SharedIdentifier | undefined): boolean {
  return (
    a.upflow === b?.upflow &&
    a.salesforce.toLowerCase() === b.salesforce.toLowerCase() &&
    kindOf(a) === kindOf(b)
  );
}
