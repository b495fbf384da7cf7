import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../src/store/tables.ts';

/** All rows of all tables as text, the job engine's too, by table. */
export async function dumpDatabase(db: Kysely<Tables>): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const dump = new Map<string, string>();
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    dump.set(name, rows.map(({ row }) => row).join('\n'));
  }
  return dump;
}

/** The tables in which one of the texts stands, each with the text, as `customer: canary`. */
export async function findTexts(db: Kysely<Tables>, texts: readonly string[]): Promise<string[]> {
  const dump = await dumpDatabase(db);
  return [...dump]
    .flatMap(([name, rows]) => texts.flatMap((text) => (rows.includes(text) ? [`${name}: ${text}`] : [])))
    .toSorted();
}
