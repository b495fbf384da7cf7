import { sql, type Kysely } from 'kysely';
import { NO_IMPORT, type ImportSettings } from '../connect/import-settings.ts';
import type { Tables } from './tables.ts';

/** What a connection imports; nothing until somebody chose something. */
export async function readImportSettings(db: Kysely<Tables>, connectionId: string): Promise<ImportSettings> {
  const { rows } = await sql<ImportSettings>`
    select owners, contacts, contact_filter as filter, positions, fields, revision
    from import_settings where connection_id = ${connectionId}`.execute(db);
  return rows[0] ?? NO_IMPORT;
}

/** Keeps what a connection imports. @returns the settings with their new revision */
export async function saveImportSettings(
  db: Kysely<Tables>,
  connectionId: string,
  settings: Omit<ImportSettings, 'revision'>,
): Promise<ImportSettings> {
  const { owners, contacts, filter, positions, fields } = settings;
  const toJson = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const { rows } = await sql<{ revision: number }>`
    insert into import_settings as s (connection_id, owners, contacts, contact_filter, positions, fields)
    values (${connectionId}, ${owners}, ${contacts}, ${toJson(filter)}::json, ${toJson(positions)}::json,
      ${JSON.stringify(fields)}::json)
    on conflict (connection_id) do update set owners = excluded.owners, contacts = excluded.contacts,
      contact_filter = excluded.contact_filter, positions = excluded.positions, fields = excluded.fields,
      revision = s.revision + 1
    returning revision`.execute(db);
  return { ...settings, revision: rows[0]?.revision ?? 1 };
}
