import { readdirSync, readFileSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

const DIRECTORY = new URL('./migrations/', import.meta.url);

/**
 * Applies the numbered SQL files that this database has not seen yet. Several processes may start at
 * once: one migrates, the others wait.
 */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(readMigrations()) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error as Error;
}

function readMigrations(): Record<string, Migration> {
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith('.sql'));
  return Object.fromEntries(
    files.map((file) => {
      const statements = readFileSync(new URL(file, DIRECTORY), 'utf8');
      const up = async (db: Kysely<unknown>) => {
        await sql.raw(statements).execute(db);
      };
      return [file.replace(/\.sql$/, ''), { up }];
    }),
  );
}
