import type { Kysely } from 'kysely';
import type { ImportColumns, ImportSettings } from '../connect/import-settings.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import { holdImport, type ImportLease } from '../store/import-lease.ts';
import { holdPair } from '../store/pair-in-force.ts';
import type { Tables } from '../store/tables.ts';
import type { Tally } from './tally.ts';

/** What the reading steps of a run share. */
export interface ReadingContext {
  db: Kysely<Tables>;
  connectionId: string;
  client: SalesforceClient;
  settings: ImportSettings;
  columns: ImportColumns;
  /** Everything is read, and what is not found is gone. */
  isFull: boolean;
  generation: number;
  /** Of the shared identifier. */
  epoch: number;
  lease: ImportLease;
  tally: Tally;
  signal?: AbortSignal | undefined;
}

/** Rows that may vanish between two complete passes; were more than that, and than are left, a permission is more likely. */
const SUSPICIOUSLY_MANY = 100;

/** Thrown by a complete pass from which most rows are missing: nobody deletes so many at once. */
export class RecordsVanished extends Error {
  readonly object: 'Account' | 'Contact';

  constructor(object: 'Account' | 'Contact', seen: number, gone: number) {
    super(`Only ${seen} ${object}s can be seen, and ${gone} that were there before cannot`);
    this.name = 'RecordsVanished';
    this.object = object;
  }
}

/** @throws {RecordsVanished} when what a complete pass did not see is more likely hidden than gone */
export function refuseVanished(
  object: 'Account' | 'Contact',
  { seen, unseen }: { seen: number; unseen: number },
): void {
  if (unseen > seen && (unseen > SUSPICIOUSLY_MANY || seen === 0))
    throw new RecordsVanished(object, seen, unseen);
}

/** Runs work on the database in a transaction in which nobody can take the run away or change the identifier. */
export function whileHeld<Result>(
  { db, connectionId, lease, epoch, tally, signal }: Omit<ReadingContext, 'client' | 'columns'>,
  work: (trx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  return db.transaction().execute(async (trx) => {
    await holdImport(trx, lease);
    await holdPair(trx, connectionId, epoch);
    const result = await work(trx);
    await tally.save(trx);
    return result;
  });
}

/** Cuts rows into pieces that one statement takes without stopping others for long. */
export function* cutSlices<Row>(rows: readonly Row[], size = 500): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

/** The newest of two stamps in ISO form. */
export function laterOf(a: string | null, b: Date): string {
  const text = b.toISOString();
  return a === null || a < text ? text : a;
}

/** Cells by the names of their columns. */
export function readCells(fields: readonly string[], cells: readonly string[]): (name: string) => string {
  const byName = new Map(fields.map((field, index) => [field, cells[index] ?? '']));
  return (name) => byName.get(name) ?? '';
}
