import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newSealingKey } from '../../src/connect/seal.ts';
import type { DatabaseLocation } from '../../src/store/open-database.ts';

export interface TestDatabase {
  location: DatabaseLocation;
  /** Settings by which a companion process finds it. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** A migrated, empty database for one test alone, on whichever of the two the suite runs. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = process.env.TEST_POSTGRES_URL;
  return url === undefined ? copyDirectory() : await copyOnServer(url);
}

function copyDirectory(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'companion-test-'));
  cpSync(process.env.TEST_PGLITE_ORIGINAL ?? '', directory, { recursive: true });
  return {
    location: { directory },
    environment: { DATA_DIR: directory },
    remove: () => Promise.resolve(rmSync(directory, { recursive: true, force: true })),
  };
}

async function copyOnServer(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `create database ${name} template original`);
  const url = serverUrl.replace(/\/postgres$/, `/${name}`);
  return {
    location: { url },
    environment: { DATABASE_URL: url, ENCRYPTION_KEYS: newSealingKey('test') },
    remove: () => administer(serverUrl, `drop database ${name} with (force)`),
  };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
