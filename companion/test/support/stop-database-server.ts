import { rmSync } from 'node:fs';

/** After all tests: nothing is left behind. */
export default async function stopDatabaseServer(): Promise<void> {
  await globalThis.stopDatabaseServer?.();
  const original = process.env.TEST_PGLITE_ORIGINAL;
  if (original !== undefined) rmSync(original, { recursive: true, force: true });
}
