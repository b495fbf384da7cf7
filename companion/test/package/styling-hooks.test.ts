import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const require = createRequire(import.meta.url);
const SOURCES = join(import.meta.dirname, '../../../force-app/main/default');

test('every styling hook exists in SLDS 1 and in SLDS 2, and is used with a fallback', () => {
  const styles = globSync('lwc/*/*.css', { cwd: SOURCES })
    .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
    .join('\n');
  const listHooks = (path: string) =>
    new Set(readFileSync(require.resolve(path), 'utf8').match(/--slds-g-[\w-]+(?=\s*:)/g));
  const slds1 = listHooks(
    '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.css',
  );
  const slds2 = listHooks('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css');
  const used = [...styles.matchAll(/var\((--[\w-]+)(,?)/g)].map(([, hook = '', comma = '']) => ({
    hook,
    comma,
  }));
  const wrong = used.filter(({ hook, comma }) => !slds1.has(hook) || !slds2.has(hook) || !comma);
  expect(wrong.map(({ hook }) => hook)).toEqual([]);
  expect(used.length).toBeGreaterThan(20);
});
