import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { move, openJob, readResults, upload, waitForJob, type JobInfo } from './bulk-jobs.ts';
import { openSimulator } from './open-simulator.ts';

const ROWS = 1000;
let directory: string;
let storeFile: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'salesforce-bulk-'));
  storeFile = join(directory, 'journal.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a job that a restart interrupts goes on where it was, and writes no row twice', async () => {
  const first = await openSimulator({ storeFile });
  await first.control('PUT', '/settings', { bulkRowMs: 0.5 });
  const id = await openJob(first, { operation: 'insert' });
  await upload(first, id, `Name\n${'Once\n'.repeat(ROWS)}`);
  await move(first, id, 'UploadComplete');
  let before: JobInfo;
  do before = (await first.call(`/jobs/ingest/${id}`)).body as JobInfo;
  while (before.numberRecordsProcessed === 0);
  await first.close();
  expect(before.numberRecordsProcessed).toBeLessThan(ROWS);

  const second = await openSimulator({ storeFile });
  const after = await waitForJob(second, 'ingest', id);
  expect(after).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: ROWS, numberRecordsFailed: 0 });
  const [, ...lines] = (await readResults(second, id, 'successfulResults')).trimEnd().split('\n');
  expect(new Set(lines.map((line) => line.slice(1, 19))).size).toBe(ROWS);
  const found = await second.call(
    `/query?q=${encodeURIComponent("SELECT COUNT() FROM Account WHERE Name = 'Once'")}`,
    {
      user: 'admin',
    },
  );
  expect(found.body).toMatchObject({ totalSize: ROWS });
  await second.close();
});
