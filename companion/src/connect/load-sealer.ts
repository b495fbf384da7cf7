import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSealer, newSealingKey, readSealingKeys, type Sealer, type SealingKey } from './seal.ts';

/**
 * The sealer with the configured keys, or, on the embedded database, with one that is made at the first start
 * and kept beside the database in a file that only its owner reads.
 *
 * @param directory where the embedded database is; undefined where the database is a server
 * @throws {Error} when there is no key
 */
export function loadSealer(keys: readonly SealingKey[], directory: string | undefined): Sealer {
  const [current, ...older] = keys.length > 0 || directory === undefined ? keys : keepKeys(directory);
  if (current === undefined) throw new Error('There is no key to encrypt secrets with: set ENCRYPTION_KEYS');
  return createSealer([current, ...older]);
}

function keepKeys(directory: string): SealingKey[] {
  const file = join(directory, 'encryption-keys');
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, newSealingKey('first'), { mode: 0o600 });
  }
  return readSealingKeys(readFileSync(file, 'utf8'));
}
