import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileComponents } from '../support/compile-components.ts';
import { bundleOptions } from '../support/serve-fake-ui-api.ts';

const LIMIT_IN_BYTES = 60_000;
const PANEL = 'upflowAccountPanel';
const FOLDER = join(bundleOptions.packageDirectory, 'main/default/lwc');

/** The sources of a bundle that are shipped and run; its metadata and tests are not. */
const listSources = (bundle: string) =>
  globSync('*.{js,html,css}', { cwd: join(FOLDER, bundle) }).map((file) => join(FOLDER, bundle, file));

/** The bundles that a bundle imports or has in its template. */
function listParts(bundle: string): string[] {
  const text = listSources(bundle)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const imported = [...text.matchAll(/from 'c\/(\w+)'/g)].map(([, name = '']) => name);
  const placed = [...text.matchAll(/<c-([\w-]+)/g)].map(([, tag = '']) =>
    tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
  );
  return [...imported, ...placed];
}

/** Everything that is loaded for a bundle. */
function listLoaded(bundle: string, found = new Set<string>()): Set<string> {
  if (found.has(bundle)) return found;
  found.add(bundle);
  for (const part of listParts(bundle)) listLoaded(part, found);
  return found;
}

test('the panel loads the parts that it is made of, and nothing else of the package', () => {
  expect([...listLoaded(PANEL)].sort()).toEqual([
    'upflowAccount',
    'upflowAccountPanel',
    'upflowAgeingBar',
    'upflowFormat',
    'upflowNotice',
    'upflowPortalLink',
  ]);
});

test('the panel’s own code as shipped is under 60 kB uncompressed', () => {
  const sizes = [...listLoaded(PANEL)].flatMap(listSources).map((file) => statSync(file).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThan(LIMIT_IN_BYTES);
});

test('so it is when compiled, before anything makes it smaller', async () => {
  const { code, imports } = await compileComponents(bundleOptions.packageDirectory, [PANEL]);
  expect(imports).toContain('lightning/uiRecordApi');
  expect(code).toContain('describeAgeing');
  expect(Buffer.byteLength(code)).toBeLessThan(LIMIT_IN_BYTES);
}, 60_000);
