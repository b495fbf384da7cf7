import { z } from 'zod';
import { bulkQuery, type Rows } from './bulk-query.ts';
import type { SalesforceClient } from './open-client.ts';
import { toCell } from './read-rows.ts';

/**
 * A transaction may end, and its rows appear, this long after the stamp that they carry: what is not older than the
 * newest known stamp by more than that is read again.
 */
const OVERLAP_IN_MS = 15 * 60_000;

/** More than this is read by a bulk job. */
const ROWS_OF_A_PLAIN_QUERY = 2000;

const pageSchema = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});
type Page = z.infer<typeof pageSchema>;

export interface ChangeReading {
  client: SalesforceClient;
  object: string;
  /** What is read; `SystemModstamp` must be among it. */
  fields: readonly string[];
  /** The newest stamp that was read before, in ISO form; null reads everything. */
  cursor: string | null;
  /** Live rows that are stored with this stamp or a newer one. */
  countStored: (since: Date) => Promise<number>;
  onTotal?: (rows: number) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Reads what changed since the cursor, deleted and merged records among it, and a while before. One call where little
 * changed, also where nothing did. Where a mass of rows changed shortly before the cursor, these are counted instead of
 * read again, for one call more.
 *
 * @throws what the calls throw
 */
export async function* readChanges(reading: ChangeReading): AsyncGenerator<Rows> {
  const { cursor, countStored, signal } = reading;
  if (cursor === null) {
    yield* readSince(reading, null, '>=');
    return;
  }
  const since = new Date(Date.parse(cursor) - OVERLAP_IN_MS);
  const known = await countStored(since);
  if (known <= ROWS_OF_A_PLAIN_QUERY) {
    yield* readSince(reading, since, '>=');
    return;
  }
  yield* readSince(reading, new Date(cursor), '>');
  signal?.throwIfAborted();
  if ((await countLive(reading, since)) !== (await countStored(since))) {
    yield* bulkQuery(reading.client, write(reading, since, '>='), bulkOptions(signal));
  }
}

async function* readSince(
  reading: ChangeReading,
  since: Date | null,
  operator: '>=' | '>',
): AsyncGenerator<Rows> {
  const { client, fields, signal, onTotal } = reading;
  const soql = write(reading, since, operator);
  const ask = (calls: () => Promise<unknown>) => calls().then((answer) => pageSchema.parse(answer));
  let page: Page = await ask(() => client.call(async (calls) => calls.query(soql, { scanAll: true })));
  onTotal?.(page.totalSize);
  if (page.totalSize > ROWS_OF_A_PLAIN_QUERY) {
    yield* bulkQuery(client, soql, bulkOptions(signal));
    return;
  }
  for (;;) {
    yield page.records.map((record) => fields.map((field) => toCell(record[field])));
    const next = page.nextRecordsUrl;
    if (page.done || next === undefined) return;
    signal?.throwIfAborted();
    page = await ask(() => client.call(async (calls) => calls.queryMore(next)));
  }
}

async function countLive({ client, object }: ChangeReading, since: Date): Promise<number> {
  const soql = `SELECT COUNT() FROM ${object} WHERE SystemModstamp >= ${since.toISOString()}`;
  return pageSchema.parse(await client.call(async (calls) => calls.query(soql))).totalSize;
}

function write({ object, fields }: ChangeReading, since: Date | null, operator: string): string {
  const where = since === null ? '' : ` WHERE SystemModstamp ${operator} ${since.toISOString()}`;
  return `SELECT ${fields.join(', ')} FROM ${object}${where}`;
}

function bulkOptions(signal: AbortSignal | undefined) {
  return { operation: 'queryAll' as const, ...(signal === undefined ? {} : { signal }) };
}
