import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);

test('each commit of the embedded database is brought to disk before it is answered', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'companion-durable-'));
  const script = join(import.meta.dirname, '../support/count-syncs.ts');
  const { stdout } = await run(process.execPath, [script, directory]);
  rmSync(directory, { recursive: true });
  const { fsync, syncs } = JSON.parse(stdout) as { fsync: string; syncs: number };
  expect(fsync).toBe('on');
  expect(syncs).toBeGreaterThanOrEqual(20);
});

test('a second process that opens the same folder is refused, with the name of the first', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'companion-locked-'));
  const { lockDataDirectory } = await import('../../src/store/lock-data-directory.ts');
  const unlock = lockDataDirectory(directory);
  const script = join(import.meta.dirname, '../support/count-syncs.ts');
  await expect(run(process.execPath, [script, directory])).rejects.toThrow(
    `in use by process ${process.pid}`,
  );
  unlock();
  rmSync(directory, { recursive: true });
});
