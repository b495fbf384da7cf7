import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readComponentNames } from '../../simulators/salesforce/page/read-package-metadata.ts';
import { rollUpPage } from '../../simulators/salesforce/page/roll-up-lightning.ts';
import { compileComponents } from './compile-components.ts';

const COMPONENTS = '@package/components';
const LOADER = '\0loader';
const SANDBOX = '\0sandbox:';

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
  const loader = writeLoader(await compileComponents(packageDirectory, readComponentNames(packageDirectory)));
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
