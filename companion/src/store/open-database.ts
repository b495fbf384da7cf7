import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { DurableFileSystem, durableStartParams, syncTree } from './durable-file-system.ts';
import { lockDataDirectory } from './lock-data-directory.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

/** Where the companion keeps its rows: a PostgreSQL server, or an embedded database in a directory. */
export type DatabaseLocation = { url: string } | { directory: string };

export interface Database {
  kind: 'postgres' | 'pglite';
  /** Typed access; every query of the companion and of the job engine goes through the same pool. */
  db: Kysely<Tables>;
  pool: pg.Pool;
  /** Only on the embedded database: it has no autovacuum and no checkpointer of its own. */
  maintain?: () => Promise<void>;
  close(): Promise<void>;
}

/** Longer than any statement of ours takes; what takes longer has no server behind it any more. */
const QUERY_TIMEOUT_IN_MS = 30_000;

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws {DataDirectoryInUse} when another process uses the embedded database
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = 'url' in location ? openPostgres(location.url) : await openPglite(location.directory);
  try {
    await migrate(database.db);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function startPglite(directory: string): Promise<PGlite> {
  return PGlite.create({
    fs: new DurableFileSystem(directory),
    startParams: durableStartParams(PGlite.defaultStartParams),
    postgresqlconf: ['shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=32MB'],
  });
}

function openPostgres(url: string): Database {
  // The answer 202 means "on disk", whatever the server's own default says.
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    options: '-c synchronous_commit=on',
    // A server that went silent must not keep senders, probes and the export waiting for ever.
    connectionTimeoutMillis: 10_000,
    query_timeout: QUERY_TIMEOUT_IN_MS,
    keepAlive: true,
  });
  // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return withKysely({ kind: 'postgres', pool, close: () => pool.end() });
}

async function openPglite(dataDirectory: string): Promise<Database> {
  const directory = join(dataDirectory, 'database');
  mkdirSync(directory, { recursive: true });
  const unlock = lockDataDirectory(dataDirectory);
  try {
    if (!existsSync(join(directory, 'PG_VERSION'))) {
      // Making the cluster takes memory that WebAssembly never gives back: another instance goes on without it.
      await (await startPglite(directory)).close();
      syncTree(directory);
    }
    const pglite = await startPglite(directory);
    // One session only, so one pooled connection: transactions queue here instead of mixing.
    const pool = new pg.Pool(Object.assign(createPgConfig(pglite), { max: 1 }));
    return withKysely({
      kind: 'pglite',
      pool,
      maintain: async () => {
        await pool.query('CHECKPOINT');
        await pool.query('VACUUM (ANALYZE)');
      },
      close: async () => {
        await pool.end();
        await pglite.close();
        unlock();
      },
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

function withKysely(database: Omit<Database, 'db'>): Database {
  return { ...database, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: database.pool }) }) };
}
