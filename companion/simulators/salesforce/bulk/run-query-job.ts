import type { SimulatedOrg } from '../org/simulated-org.ts';
import { runQuery, type QueryResult } from '../soql/run-query.ts';
import { resolveFormat, writeCells } from './csv-format.ts';
import { addPortion, changeJob, type BulkJob } from './job-table.ts';
import type { Turn } from './job-runner.ts';
import { openJobCall } from './open-job-call.ts';
import { readQueryColumns } from './read-query-columns.ts';

/** Rows that are written at once, and kept as one portion of the results. */
export const ROWS_A_PORTION = 2000;

/** Writes the rows that a query finds as CSV. After a restart the job begins again: what it had found is gone. */
export async function runQueryJob(org: SimulatedOrg, first: BulkJob, turn: Turn): Promise<void> {
  const text = first.query ?? '';
  const columns = readQueryColumns(text);
  const result = runQuery(openJobCall(org, first), text, first.operation === 'queryAll');
  changeJob(org, first.id, { portions: 0, numberRecordsProcessed: 0 });
  for (let from = 0; from < result.total; from += ROWS_A_PORTION) {
    const job = await turn(Math.min(ROWS_A_PORTION, result.total - from));
    if (job === null) return;
    const started = performance.now();
    const lines = writeLines(job, columns, result, from);
    addPortion(org, job, { lines: JSON.stringify(lines) });
    changeJob(org, job.id, {
      numberRecordsProcessed: from + lines.length,
      activeMs: job.activeMs + Math.ceil(performance.now() - started),
    });
    org.store.commit();
  }
}

function writeLines(job: BulkJob, columns: string[], result: QueryResult, from: number): string[] {
  const { delimiter } = resolveFormat(job);
  const rows = result.render(from, Math.min(from + ROWS_A_PORTION, result.total));
  const paths = columns.map((column) => column.split('.'));
  return rows.map((row) =>
    writeCells(
      paths.map((path) => readCell(row, path)),
      delimiter,
    ),
  );
}

/** A value as this API writes it: nothing for null, and times with a Z. */
function readCell(row: object, path: readonly string[]): string {
  let value: unknown = row;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return '';
    value = findEntry(value, name);
  }
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The query may write a name in any case; rows have it as it is defined. */
function findEntry(row: object, name: string): unknown {
  const wanted = name.toLowerCase();
  return Object.entries(row).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
