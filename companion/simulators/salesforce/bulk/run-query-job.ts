import type { Caller } from '../http/api-call.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldType } from '../schema/field-definition.ts';
import { resolvePath } from '../soql/resolve-path.ts';
import { runQuery, type QueryResult } from '../soql/run-query.ts';
import { resolveFormat, writeCells } from './csv-format.ts';
import { addPortion, changeJob, type BulkJob } from './job-table.ts';
import type { Turn } from './job-runner.ts';
import { openJobCall } from './open-job-call.ts';
import { readQueryColumns } from './read-query-columns.ts';
import { writeValue } from './write-value.ts';

/** Rows that are written at once, and kept as one portion of the results. */
export const ROWS_A_PORTION = 2000;

/** Writes the rows that a query finds as CSV. After a restart the job begins again: what it had found is gone. */
export async function runQueryJob(org: SimulatedOrg, first: BulkJob, turn: Turn): Promise<void> {
  const text = first.query ?? '';
  const columns = readQueryColumns(text);
  const call = openJobCall(org, first);
  const result = runQuery(call, text, first.operation === 'queryAll');
  const types = findTypes(call, first, columns);
  changeJob(org, first.id, { portions: 0, numberRecordsProcessed: 0 });
  for (let from = 0; from < result.total; from += ROWS_A_PORTION) {
    const job = await turn(Math.min(ROWS_A_PORTION, result.total - from));
    if (job === null) return;
    const started = performance.now();
    const lines = writeLines(job, { columns, types }, result, from);
    addPortion(org, job, { lines: JSON.stringify(lines) });
    changeJob(org, job.id, {
      numberRecordsProcessed: from + lines.length,
      activeMs: job.activeMs + Math.ceil(performance.now() - started),
    });
    org.store.commit();
  }
}

/** The types of the fields in the columns. */
function findTypes(call: Caller, job: BulkJob, columns: readonly string[]): (FieldType | null)[] {
  const object = call.access.get(job.object.toLowerCase());
  if (object === undefined) return columns.map(() => null);
  const scope = { query: job.query ?? '', access: call.access, object, alias: undefined };
  return columns.map((column) => resolvePath(scope, column).field.type);
}

interface Columns {
  columns: readonly string[];
  types: readonly (FieldType | null)[];
}

function writeLines(job: BulkJob, { columns, types }: Columns, result: QueryResult, from: number): string[] {
  const { delimiter } = resolveFormat(job);
  const rows = result.render(from, Math.min(from + ROWS_A_PORTION, result.total));
  const paths = columns.map((column) => column.split('.'));
  return rows.map((row) =>
    writeCells(
      paths.map((path, index) => writeValue(readCell(row, path), types[index] ?? null)),
      delimiter,
    ),
  );
}

function readCell(row: object, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = findEntry(value, name);
  }
  return value;
}

/** The query may write a name in any case; rows have it as it is defined. */
function findEntry(row: object, name: string): unknown {
  const wanted = name.toLowerCase();
  return Object.entries(row).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
