import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as compiler from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';
import {
  BASE_COMPONENTS,
  listEngine,
  listPlatformModules,
  type ModuleRecord,
} from '../../../src/console/list-base-components.ts';
import { subsetIcons } from '../../../src/console/subset-icons.ts';
import { readBundleNames } from './read-package-metadata.ts';
import { resolvePlatformModules } from './resolve-platform-modules.ts';

const require = createRequire(import.meta.url);
const lwc = require('@lwc/rollup-plugin') as typeof compiler.default.default;
const browserFolder = join(import.meta.dirname, 'browser');

/** Base components ask which kind of build they are in. */
const settleEnvironment: Plugin = {
  name: 'settle-environment',
  transform: (code) => ({
    code: code.replaceAll('process.env.NODE_ENV', '"production"').replaceAll('import.meta.env.SSR', 'false'),
    map: null,
  }),
};

/** Absolute paths throughout: package names would be looked up from each importer, and could find a second engine. */
export function listModules(packageDirectory: string): ModuleRecord[] {
  const ours = readBundleNames(packageDirectory).map((name) => ({
    name: `c/${name}`,
    path: join(packageDirectory, 'main/default/lwc', name, `${name}.js`),
  }));
  const standIns = [
    'uiRecordApi',
    'uiListsApi',
    'uiObjectInfoApi',
    'platformShowToastEvent',
    'navigation',
  ].map((name) => ({
    name: `lightning/${name}`,
    path: join(browserFolder, 'lightning', `${name}.js`),
  }));
  return [...listEngine(), ...ours, ...standIns, ...listPlatformModules()];
}

/** The page's script with the package's components, unchanged; a plugin of the caller's goes before all others. */
export async function rollUpPage(packageDirectory: string, before?: Plugin): Promise<string> {
  const lwcFolder = join(packageDirectory, 'main/default/lwc');
  const bundle = await rollup({
    input: join(browserFolder, 'main.js'),
    plugins: [
      before,
      resolvePlatformModules(packageDirectory),
      subsetIcons(BASE_COMPONENTS, [lwcFolder, browserFolder]),
      settleEnvironment,
      lwc({
        rootDir: browserFolder,
        enableDynamicComponents: true,
        enableSyntheticElementInternals: true,
        defaultModules: [],
        modules: [...listModules(packageDirectory), { dir: join(BASE_COMPONENTS, 'src') }],
      }),
    ],
    onwarn(warning) {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
    },
  });
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });
  await bundle.close();
  return output[0].code;
}

const [packageDirectory, outputFolder] = process.argv.slice(2);
if (import.meta.main && packageDirectory && outputFolder)
  await writeFile(join(outputFolder, 'lightning.js'), await rollUpPage(packageDirectory));
