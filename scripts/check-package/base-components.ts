import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const stubs = join(dirname(require.resolve('@salesforce/sfdx-lwc-jest/config')), 'src', 'lightning-stubs');

/** Properties that every component has. */
const ofEveryElement = [
  'class',
  'title',
  'hidden',
  'tabIndex',
  'role',
  'id',
  'accessKey',
  'dir',
  'lang',
  'slot',
];

/** The public properties of `lightning/button` and its like, or null where the platform has no such component. */
export function findBaseProperties(specifier: string): string[] | null {
  const name = /^lightning\/(\w+)$/.exec(specifier)?.[1] ?? '';
  const file = join(stubs, name, `${name}.js`);
  if (name === '' || !existsSync(file)) return null;
  const source = readFileSync(file, 'utf8');
  const own = [...source.matchAll(/@api\s+(?:get\s+|set\s+|async\s+)?(\w+)/g)].map(
    ([, property]) => property ?? '',
  );
  return [...own, ...ofEveryElement];
}

/** Whether any element may have the property, without declaring it: ARIA, data, style, and the key in a list. */
export function isGlobalProperty(name: string): boolean {
  return [...ofEveryElement, 'key', 'style'].includes(name) || /^(aria|data)[A-Z-]/.test(name);
}
