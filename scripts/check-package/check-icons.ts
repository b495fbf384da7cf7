import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';

const require = createRequire(import.meta.url);
const icons = join(dirname(require.resolve('@salesforce-ux/design-system/package.json')), 'assets/icons');

/** Every icon that a component names is one of the design system. */
export function checkIcons(source: PackageSource): Problem[] {
  return source.bundles.flatMap(({ path, files }) =>
    [...files].flatMap(([name, text]) =>
      [...text.matchAll(/["'](standard|utility|action|custom|doctype):(\w+)["']/g)]
        .filter(([, category = '', icon = '']) => !existsSync(join(icons, category, `${icon}.svg`)))
        .map(([, category, icon]) => ({
          file: `${path}/${name}`,
          line: 0,
          rule: 'components/icon',
          message: `There is no icon ${category}:${icon}.`,
        })),
    ),
  );
}
