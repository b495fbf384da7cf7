import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Folder of lightning-base-components. */
export const BASE_COMPONENTS = dirname(require.resolve('lightning-base-components/package.json'));

export interface ModuleRecord {
  name: string;
  path: string;
}

/** The LWC engine, by absolute paths: package names would be looked up from each importer, and could find a second engine. */
export function listEngine(): ModuleRecord[] {
  return ['engine-dom', 'synthetic-shadow', 'wire-service'].map((name) => ({
    name: name === 'engine-dom' ? 'lwc' : `@lwc/${name}`,
    path: join(dirname(require.resolve(`@lwc/${name}/package.json`)), 'dist/index.js'),
  }));
}

/** What base components import from the platform: labels, gates, region; the components themselves lie in `src`. */
export function listPlatformModules(): ModuleRecord[] {
  const manifest = require('lightning-base-components/package.json') as {
    lwc: { modules: Partial<ModuleRecord>[] };
  };
  return manifest.lwc.modules.flatMap(({ name, path }) =>
    name && path ? [{ name, path: join(BASE_COMPONENTS, path) }] : [],
  );
}
