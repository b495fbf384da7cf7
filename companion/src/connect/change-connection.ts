import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Services } from '../services.ts';
import { recordAudit, type AuditEntry } from '../store/audit.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Changes columns of a connection and records who did it, in one transaction. Other processes see it within a second.
 *
 * @param columns such as `name = ${'Acme'}`
 */
export async function changeConnection(
  { database, directory }: Services,
  connectionId: string,
  columns: RawBuilder<unknown> | undefined,
  entry: Omit<AuditEntry, 'connectionId'>,
  alongside?: (trx: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await sql`
      update connection set revision = revision + 1 ${columns === undefined ? sql`` : sql`, ${columns}`}
      where connection_id = ${connectionId}`.execute(trx);
    await alongside?.(trx);
    await recordAudit(trx, { ...entry, connectionId });
  });
  directory.forget(connectionId);
}
