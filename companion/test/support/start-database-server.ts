import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../src/store/open-database.ts';

declare global {
  var stopDatabaseServer: (() => Promise<void>) | undefined;
}

/**
 * Before all tests: a migrated database that each test gets a copy of. TEST_DATABASE says on which of the
 * two the suite runs; the tests learn where the original is from the environment.
 */
export default async function startDatabaseServer(): Promise<void> {
  const kind = process.env.TEST_DATABASE ?? 'pglite';
  if (kind === 'postgres') {
    const server = fork(join(import.meta.dirname, 'run-postgres.ts'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      server.once('message', (message) => resolve(message as { url: string }));
      server.once('exit', () => reject(new Error('PostgreSQL could not be started')));
    });
    globalThis.stopDatabaseServer = () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve());
        server.disconnect();
      });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create database original');
    await client.end();
    await (await openDatabase({ url: url.replace(/\/postgres$/, '/original') })).close();
    process.env.TEST_POSTGRES_URL = url;
  } else if (kind === 'pglite') {
    const directory = mkdtempSync(join(tmpdir(), 'companion-original-'));
    await (await openDatabase({ directory })).close();
    process.env.TEST_PGLITE_ORIGINAL = directory;
  } else {
    throw new Error(`TEST_DATABASE must be postgres or pglite, not ${kind}`);
  }
}
