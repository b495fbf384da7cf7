import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../src/store/tables.ts';
import { SOME_ID, SOME_UUID } from './walk-routes.ts';

interface Column {
  table: string;
  name: string;
  type: string;
  isKey: boolean;
}

/**
 * Puts a row of a connection into every table that has rows of connections, with a text in every column that can
 * hold one. Keys are {@link SOME_ID} and {@link SOME_UUID}, so that a request can name them.
 *
 * @returns the tables that got a row
 */
export async function plantRows(db: Kysely<Tables>, connectionId: string, text: string): Promise<string[]> {
  const columns = await readColumns(db);
  const tables = new Set(columns.filter(({ name }) => name === 'connection_id').map(({ table }) => table));
  tables.delete('connection');
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table);
    const values = own.map((column) => valueOf(column, connectionId, text));
    await sql`
      insert into ${sql.table(table)} (${sql.join(own.map(({ name }) => sql.ref(name)))})
      values (${sql.join(values)})
      on conflict do nothing`.execute(db);
  }
  await sql`
    update connection set name = ${text}, organization_id = ${text}, salesforce_username = ${text},
      salesforce_user_id = ${text}, connected_by = ${text}
    where connection_id = ${connectionId}`.execute(db);
  return [...tables];
}

async function readColumns(db: Kysely<Tables>): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.table_name as "table", c.column_name as name, c.data_type as type,
      exists (
        select 1 from information_schema.key_column_usage k
        where k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name
      ) as "isKey"
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
      and c.is_identity = 'NO'
    order by 1, c.ordinal_position`.execute(db);
  return rows;
}

function valueOf({ name, type, isKey }: Column, connectionId: string, text: string): unknown {
  if (name === 'connection_id') return connectionId;
  switch (type) {
    case 'text':
      return isKey || name.endsWith('_id') ? SOME_ID : text;
    case 'uuid':
      return SOME_UUID;
    case 'json':
    case 'jsonb':
      return JSON.stringify({ code: text, message: text, explanation: text, action: text });
    case 'bytea':
      return Buffer.from(`${name} ${text}`);
    case 'boolean':
      return true;
    case 'timestamp with time zone':
      return new Date();
    case 'ARRAY':
      return [text];
    case 'smallint':
      return 10_000;
    default:
      return 1_000_000;
  }
}
