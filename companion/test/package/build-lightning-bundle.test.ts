import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildLightningBundle } from '../../simulators/salesforce/page/build-lightning-bundle.ts';

const SOURCES = join(import.meta.dirname, '../../../force-app');
const LABELS = 'main/default/labels/CustomLabels.labels-meta.xml';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightning-bundle-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('builds once for all who ask together, and not again', async () => {
  const options = { packageDirectory: SOURCES, cacheDirectory: join(folder, 'cache') };
  const [first, second] = await Promise.all([buildLightningBundle(options), buildLightningBundle(options)]);
  const file = join(first, 'lightning.js');
  writeFileSync(file, 'kept');
  expect(second).toBe(first);
  expect(await buildLightningBundle(options)).toBe(first);
  expect(readFileSync(file, 'utf8')).toBe('kept');
}, 60_000);

test('refuses a component whose label is missing, and leaves nothing half built', async () => {
  const packageDirectory = join(folder, 'force-app');
  cpSync(SOURCES, packageDirectory, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  const labels = readFileSync(join(packageDirectory, LABELS), 'utf8');
  writeFileSync(join(packageDirectory, LABELS), labels.replace('>Overdue<', '>Renamed<'));
  const cacheDirectory = join(folder, 'cache');
  await expect(buildLightningBundle({ packageDirectory, cacheDirectory })).rejects.toThrow(
    'no label Overdue',
  );
  expect(readdirSync(cacheDirectory)).toEqual([]);
}, 60_000);
