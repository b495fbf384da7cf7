import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { SaveOutcome } from '../write/save-record.ts';
import { saveRows } from '../write/save-rows.ts';
import { resolveFormat, writeCells } from './csv-format.ts';
import { JobFailure } from './job-failure.ts';
import { addPortion, changeJob, keepUpload, readUpload, type BulkJob } from './job-table.ts';
import { openJobCall } from './open-job-call.ts';
import { planRows } from './plan-rows.ts';
import { readCells } from './read-cells.ts';
import { readColumns } from './read-columns.ts';
import { readRows, type CsvRow } from './read-csv.ts';
import type { Turn } from './job-runner.ts';

const ROWS_A_PORTION = 200;
const ROWS_A_BATCH = 10_000;

/**
 * Writes the rows of an upload in portions, each of them one commit together with its results, so that after a restart
 * the job goes on where it was.
 */
export async function runIngestJob(org: SimulatedOrg, first: BulkJob, turn: Turn): Promise<void> {
  const rows = readRows(readUpload(org, first.id) ?? '', first);
  const head = await rows.next();
  if (head.done === true) return;
  const names = head.value.cells;
  readColumns(openJobCall(org, first).access, requireObject(org, first), names);
  let portion: CsvRow[] = [];
  let seen = 0;
  for await (const row of rows) {
    seen += 1;
    if (seen <= first.numberRecordsProcessed) continue;
    portion.push(row);
    if (portion.length < ROWS_A_PORTION) continue;
    if (!(await writePortion(org, first.id, { names, rows: portion }, turn))) return;
    portion = [];
  }
  if (portion.length > 0 && !(await writePortion(org, first.id, { names, rows: portion }, turn))) return;
  // All rows have their results; only the head is still wanted, which opens every file of results.
  keepUpload(org, first.id, head.value.text);
}

interface Portion {
  names: string[];
  rows: CsvRow[];
}

/** Writes one portion when it is the job's turn, and says whether the job still ran. */
async function writePortion(org: SimulatedOrg, id: string, portion: Portion, turn: Turn): Promise<boolean> {
  const job = await turn(portion.rows.length);
  if (job === null) return false;
  const started = performance.now();
  countBatch(org, job);
  const object = requireObject(org, job);
  const call = openJobCall(org, job);
  const columns = readColumns(call.access, object, portion.names);
  const inputs = portion.rows.map((row) => readCells(columns, row.cells));
  const outcomes = saveRows(call, planRows(call, job, object, inputs));
  const failed = outcomes.filter((outcome) => !outcome.ok).length;
  addPortion(org, job, writeResults(job, portion, outcomes));
  changeJob(org, id, {
    numberRecordsProcessed: job.numberRecordsProcessed + outcomes.length,
    numberRecordsFailed: job.numberRecordsFailed + failed,
    activeMs: job.activeMs + Math.ceil(performance.now() - started),
  });
  org.store.commit();
  const { waitMs } = call.locks;
  call.locks.holdFor(outcomes.length * org.settings.bulkRowMs + waitMs);
  return waitMs === 0 || (await turn(0, waitMs)) !== null;
}

/** A batch begins with every ten thousand rows, and the org has so many a day. */
function countBatch(org: SimulatedOrg, job: BulkJob): void {
  if (job.numberRecordsProcessed % ROWS_A_BATCH !== 0) return;
  if (org.usage.bulkBatches.used >= org.settings.dailyBulkApiBatches) {
    throw new JobFailure('ExceededQuota : ApiBatchItems Limit exceeded.');
  }
  org.usage.bulkBatches.count();
}

function requireObject(org: SimulatedOrg, job: BulkJob): VisibleObject {
  const object = org.accessOf(job.user).get(job.object.toLowerCase());
  if (object === undefined) throw new JobFailure(`InvalidJob : Unable to find object: ${job.object}`);
  return object;
}

function writeResults(
  job: BulkJob,
  { names, rows }: Portion,
  outcomes: readonly SaveOutcome[],
): { succeeded: string; failed: string } {
  const { delimiter, lineEnd } = resolveFormat(job);
  const idColumn = names.findIndex((name) => name.trim().toLowerCase() === 'id');
  const results = { succeeded: '', failed: '' };
  rows.forEach(({ cells, text }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return;
    const line = (...first: string[]): string => writeCells(first, delimiter) + delimiter + text + lineEnd;
    if (outcome.ok) results.succeeded += line(outcome.id, String(outcome.created));
    else results.failed += line(cells[idColumn] ?? '', writeErrors(outcome.errors));
  });
  return results;
}

/** `CODE:message:FIELDS --`, for each error of the row. */
function writeErrors(errors: readonly RowError[]): string {
  return errors
    .map(({ statusCode, message, fields }) =>
      [statusCode, message, fields.length === 0 ? '--' : `${fields.join(',')} --`].join(':'),
    )
    .join('');
}
