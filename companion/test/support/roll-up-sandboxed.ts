import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as compiler from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';
import { readComponentNames } from '../../simulators/salesforce/page/read-package-metadata.ts';
import { listModules, rollUpPage } from '../../simulators/salesforce/page/roll-up-lightning.ts';

const require = createRequire(import.meta.url);
const lwc = require('@lwc/rollup-plugin') as typeof compiler.default.default;

const COMPONENTS = '@package/components';
const ENTRY = '\0entry';
const LOADER = '\0loader';
const SANDBOX = '\0sandbox:';
/** What the platform gives to the package's code from outside its sandbox. */
const isOfPlatform = (source: string) => /^(lwc$|lightning\/|@salesforce\/)/.test(source);

/** The package's code as one text that asks for the platform's modules when it is run. */
async function compilePackage(packageDirectory: string): Promise<{ code: string; imports: string[] }> {
  const names = readComponentNames(packageDirectory);
  const entry: Plugin = {
    name: 'entry',
    resolveId: (source) => (source === ENTRY ? ENTRY : null),
    load: (id) =>
      id === ENTRY ? names.map((name) => `export { default as ${name} } from 'c/${name}';`).join('\n') : null,
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

/** Runs the package's code in the sandbox of its namespace, and hands the components out of it. */
function writeLoader({ code, imports }: { code: string; imports: string[] }): string {
  const lines = imports.map((source, index) => `import * as m${index} from '${source}';`);
  const modules = imports.map((source, index) => `'${source}': m${index}`);
  return `import { evaluateInSandbox } from '@locker/sandbox';
${lines.join('\n')}
const modules = { ${modules.join(', ')} };
const components = {};
const define = (names, run) => run(...names.map((name) => (name === 'exports' ? components : modules[name])));
globalThis.evaluateBesidePackage = (source, context) => evaluateInSandbox('upflow', source, context);
evaluateInSandbox('upflow', ${JSON.stringify(`$lockerEvalContext$((define) => {\n${code}\n})`)}, (run) => run(define));
export default components;`;
}

/** Finds the sandbox's own modules, as ES modules; the prefix keeps them from the LWC compiler, which they are not written for. */
function resolveSandbox(source: string, importer: string | undefined): string | null {
  const isOfSandbox = importer?.startsWith(SANDBOX) === true;
  if (!isOfSandbox && !source.startsWith('@locker/')) return null;
  const from = createRequire(isOfSandbox ? importer.slice(SANDBOX.length) : import.meta.filename);
  const path = from.resolve(source);
  return SANDBOX + path.replace(/\.cjs\.js$/, source === 'dompurify' ? '.es.mjs' : '.mjs.js');
}

/** As lightning.js, with the package's components inside Lightning Web Security's sandbox. */
export async function rollUpSandboxed(packageDirectory: string): Promise<string> {
  const loader = writeLoader(await compilePackage(packageDirectory));
  return await rollUpPage(packageDirectory, {
    name: 'sandboxed-components',
    resolveId: (source, importer) => (source === COMPONENTS ? LOADER : resolveSandbox(source, importer)),
    load(id) {
      if (id === LOADER) return loader;
      return id.startsWith(SANDBOX) ? readFileSync(id.slice(SANDBOX.length), 'utf8') : null;
    },
  });
}

const [packageDirectory, outputFile] = process.argv.slice(2);
if (import.meta.main && packageDirectory && outputFile)
  writeFileSync(outputFile, await rollUpSandboxed(packageDirectory));
