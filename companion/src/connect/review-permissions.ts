import { sql } from 'kysely';
import { checkPermissions, type PermissionCheck } from '../salesforce/check-permissions.ts';
import type { Services } from '../services.ts';
import { readImportSettings } from '../store/import-settings.ts';
import type { Connection } from './connection.ts';
import { listNeededFields } from './list-needed-fields.ts';

/**
 * Compares what the integration user may do with what is needed: two or three API calls. Whether all is granted is
 * kept with the connection.
 *
 * @throws what calls to Salesforce throw
 */
export async function reviewPermissions(
  { clients, database }: Pick<Services, 'clients' | 'database'>,
  connection: Connection,
): Promise<{ ok: boolean; checks: PermissionCheck[] }> {
  const needed = listNeededFields(connection, await readImportSettings(database.db, connection.id));
  const checks = await clients.of(connection).call((calls) => checkPermissions(calls, needed));
  const ok = checks.every((check) => check.ok);
  await sql`
    update connection set permissions_ok = ${ok}, permissions_checked_at = now()
    where connection_id = ${connection.id}`.execute(database.db);
  return { ok, checks };
}

/** The same after a sign-in, which holds whatever the review meets: it can be asked for at any time. */
export async function reviewNewSignIn(services: Services, connectionId: string): Promise<void> {
  const connection = await services.directory.find(connectionId);
  if (connection === undefined) return;
  try {
    const { ok } = await reviewPermissions(services, connection);
    services.log.info({ connectionId, ok }, 'permissions reviewed');
  } catch (error) {
    services.log.warn({ connectionId, err: error }, 'permissions could not be reviewed');
  }
}
