import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Thrown when another live process already uses the data directory. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by process ${pid}. ` +
        'Stop that process, or give this one another DATA_DIR or a DATABASE_URL.',
    );
    this.name = 'DataDirectoryInUse';
  }
}

/**
 * Makes sure that one process at a time opens the embedded database: two would not notice each other
 * and would lose rows. The lock of a process that no longer runs is taken over.
 *
 * @returns a function that gives the lock back
 * @throws {DataDirectoryInUse}
 */
export function lockDataDirectory(directory: string): () => void {
  const file = join(directory, 'lock');
  const owner = readOwner(file);
  if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
    throw new DataDirectoryInUse(directory, owner);
  }
  if (owner !== undefined) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    throw new DataDirectoryInUse(directory, readOwner(file) ?? 0);
  }
  return () => {
    rmSync(file, { force: true });
  };
}

function readOwner(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
