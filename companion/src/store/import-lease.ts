import { sql, type Kysely } from 'kysely';
import type { ImportColumns } from '../connect/import-settings.ts';
import type { Tables } from './tables.ts';

/** A process that is silent for this long has lost the import. */
const LEASE_IN_SECONDS = 60;

export type Cursors = Record<'account_cursor' | 'contact_cursor' | 'user_cursor', string | null>;

/** What is kept between two runs. */
export interface ImportState extends Cursors {
  revision: number | null;
  epoch: number | null;
  columns: ImportColumns | null;
  generation: number;
  full_at: Date | null;
  /** Whether a complete pass is due, a day after the last one. */
  isFullDue: boolean;
}

/** The claim of one process on the import of a connection, for one run. */
export interface ImportLease {
  connectionId: string;
  leaseId: string;
  runId: string;
}

/** Thrown where the run is no longer this process's, or was ended by somebody. */
export class ImportLost extends Error {
  constructor() {
    super('The import was taken over by another process, or ended');
    this.name = 'ImportLost';
  }
}

/** Takes the import of a connection. @returns false while another process has it */
export async function takeImport(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
): Promise<boolean> {
  const { rows } = await sql`
    insert into import_state as s (connection_id, lease_id, lease_until)
    values (${connectionId}, ${leaseId}, now() + make_interval(secs => ${LEASE_IN_SECONDS}))
    on conflict (connection_id) do update set lease_id = excluded.lease_id, lease_until = excluded.lease_until
      where s.lease_until is null or s.lease_until < now()
    returning connection_id`.execute(db);
  return rows.length > 0;
}

/**
 * Makes sure that the run is still this process's to do; in a transaction nobody can take it until that ends.
 *
 * @throws {ImportLost}
 */
export async function holdImport(
  db: Kysely<Tables>,
  { connectionId, leaseId, runId }: ImportLease,
): Promise<void> {
  const { rows } = await sql`
    update import_state s set lease_until = now() + make_interval(secs => ${LEASE_IN_SECONDS})
    where connection_id = ${connectionId} and lease_id = ${leaseId} and lease_until > now()
      and exists (select from import_run r where r.connection_id = s.connection_id and r.run_id = ${runId}
        and r.state = 'running' and (r.kind = 'purge' or (r.kind = 'removal') <> exists (
          select from connection c where c.connection_id = s.connection_id and c.state = 'connected')))
    returning connection_id`.execute(db);
  if (rows.length === 0) throw new ImportLost();
}

/** Whether no other process has taken the import since. */
export async function isImportHeld(
  db: Kysely<Tables>,
  { connectionId, leaseId }: Pick<ImportLease, 'connectionId' | 'leaseId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from import_state where connection_id = ${connectionId} and lease_id = ${leaseId}`.execute(db);
  return rows.length > 0;
}

/** Lets another process have the import. */
export async function releaseImport(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
): Promise<void> {
  await sql`
    update import_state set lease_id = null, lease_until = null
    where connection_id = ${connectionId} and lease_id = ${leaseId}`.execute(db);
}

export async function readImportState(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<ImportState | undefined> {
  const { rows } = await sql<ImportState>`
    select revision, epoch, columns, account_cursor, contact_cursor, user_cursor, generation, full_at,
      coalesce(full_at < now() - interval '23 hours 55 minutes', true) as "isFullDue"
    from import_state where connection_id = ${connectionId}`.execute(db);
  return rows[0];
}

/** Begins a complete pass with these columns: cursors begin anew, and whatever it does not find is gone. */
export async function beginPass(
  db: Kysely<Tables>,
  connectionId: string,
  { columns, revision, epoch }: { columns: ImportColumns; revision: number; epoch: number },
): Promise<number> {
  const { rows } = await sql<{ generation: number }>`
    update import_state set generation = generation + 1, columns = ${JSON.stringify(columns)}::json,
      revision = ${revision}, epoch = ${epoch}, full_at = null,
      account_cursor = null, contact_cursor = null, user_cursor = null
    where connection_id = ${connectionId} returning generation`.execute(db);
  return rows[0]?.generation ?? 0;
}

/** Moves a cursor ahead: everything up to this stamp is stored. */
export async function saveCursor(
  db: Kysely<Tables>,
  connectionId: string,
  cursor: keyof Cursors,
  stamp: string | null,
): Promise<void> {
  await sql`
    update import_state set ${sql.ref(cursor)} = greatest(${sql.ref(cursor)}, ${stamp}::text)
    where connection_id = ${connectionId}`.execute(db);
}

/** Notes that a complete pass ended. */
export async function endPass(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`update import_state set full_at = now() where connection_id = ${connectionId}`.execute(db);
}

/** Has the next run look anew which fields there are, and read everything. */
export async function forgetColumns(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`update import_state set columns = null where connection_id = ${connectionId}`.execute(db);
}
