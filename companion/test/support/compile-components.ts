import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as compiler from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';
import { listModules } from '../../simulators/salesforce/page/roll-up-lightning.ts';

const require = createRequire(import.meta.url);
const lwc = require('@lwc/rollup-plugin') as typeof compiler.default.default;

const ENTRY = '\0entry';
/** What the platform gives to the package's code from outside. */
const isOfPlatform = (source: string) => /^(lwc$|lightning\/|@salesforce\/)/.test(source);

/** The package's own code of some components, uncompressed and as the platform runs it, with what it asks the platform for. */
export async function compileComponents(
  packageDirectory: string,
  names: readonly string[],
): Promise<{ code: string; imports: string[] }> {
  const lines = names.map((name) => `export { default as ${name} } from 'c/${name}';`);
  const entry: Plugin = {
    name: 'entry',
    resolveId: (source) => (source === ENTRY ? ENTRY : null),
    load: (id) => (id === ENTRY ? lines.join('\n') : null),
  };
  const bundle = await rollup({
    input: ENTRY,
    external: isOfPlatform,
    plugins: [
      entry,
      lwc({
        rootDir: join(packageDirectory, 'main/default/lwc'),
        enableDynamicComponents: true,
        enableLightningWebSecurityTransforms: true,
        defaultModules: [],
        modules: listModules(packageDirectory),
      }),
    ],
  });
  const { output } = await bundle.generate({ format: 'amd', interop: 'esModule', exports: 'named' });
  await bundle.close();
  const [{ code, imports }] = output;
  return { code, imports };
}
