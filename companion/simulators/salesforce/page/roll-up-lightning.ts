import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as compiler from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';
import { readBundleNames } from './read-package-metadata.ts';
import { resolvePlatformModules } from './resolve-platform-modules.ts';
import { subsetIcons } from './subset-icons.ts';

const require = createRequire(import.meta.url);
const lwc = require('@lwc/rollup-plugin') as typeof compiler.default.default;
const browserFolder = join(import.meta.dirname, 'browser');
const baseComponents = dirname(require.resolve('lightning-base-components/package.json'));

/** Base components ask which kind of build they are in. */
const settleEnvironment: Plugin = {
  name: 'settle-environment',
  transform: (code) => ({
    code: code.replaceAll('process.env.NODE_ENV', '"production"').replaceAll('import.meta.env.SSR', 'false'),
    map: null,
  }),
};

interface ModuleRecord {
  name: string;
  path: string;
}

/** Absolute paths throughout: package names would be looked up from each importer, and could find a second engine. */
export function listModules(packageDirectory: string): ModuleRecord[] {
  const manifest = require('lightning-base-components/package.json') as {
    lwc: { modules: Partial<ModuleRecord>[] };
  };
  const platformModules = manifest.lwc.modules.flatMap(({ name, path }) =>
    name && path ? [{ name, path: join(baseComponents, path) }] : [],
  );
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
  const engine = ['engine-dom', 'synthetic-shadow', 'wire-service'].map((name) => ({
    name: name === 'engine-dom' ? 'lwc' : `@lwc/${name}`,
    path: join(dirname(require.resolve(`@lwc/${name}/package.json`)), 'dist/index.js'),
  }));
  return [...engine, ...ours, ...standIns, ...platformModules];
}

/** The page's script with the package's components, unchanged; a plugin of the caller's goes before all others. */
export async function rollUpPage(packageDirectory: string, before?: Plugin): Promise<string> {
  const lwcFolder = join(packageDirectory, 'main/default/lwc');
  const bundle = await rollup({
    input: join(browserFolder, 'main.js'),
    plugins: [
      before,
      resolvePlatformModules(packageDirectory),
      subsetIcons(baseComponents, [lwcFolder, browserFolder]),
      settleEnvironment,
      lwc({
        rootDir: browserFolder,
        enableDynamicComponents: true,
        enableSyntheticElementInternals: true,
        defaultModules: [],
        modules: [...listModules(packageDirectory), { dir: join(baseComponents, 'src') }],
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
