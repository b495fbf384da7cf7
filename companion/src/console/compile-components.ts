import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join, sep } from 'node:path';
import type * as compiler from '@lwc/rollup-plugin';
import type { Plugin, TransformPluginContext } from 'rollup';
import type { Plugin as VitePlugin } from 'vite';
import { BASE_COMPONENTS, listEngine, listPlatformModules } from './list-base-components.ts';

const require = createRequire(import.meta.url);
const lwc = require('@lwc/rollup-plugin') as typeof compiler.default.default;

/** Vite would take a component's template for a page and its style for a page's: their ids get another ending. */
const COMPILED = '.compiled';
const hide = (id: string) => id.replace(/\.(html|css)(?=$|\?)/, `.$1${COMPILED}`);
const show = (id: string) => id.replace(COMPILED, '');

type Compiler = Plugin & {
  resolveId: (this: unknown, source: string, importer: string | undefined) => string | undefined;
  load: (this: unknown, id: string) => string | undefined;
  transform: (this: TransformPluginContext, source: string, id: string) => { code: string } | undefined;
};

/** Compiles LWC components, written in TypeScript or JavaScript, within Vite. */
export function compileComponents(modulesFolder: string): VitePlugin {
  const inner = lwc({
    rootDir: modulesFolder,
    enableDynamicComponents: true,
    enableSyntheticElementInternals: true,
    defaultModules: [],
    modules: [...listEngine(), ...listPlatformModules(), { dir: join(BASE_COMPONENTS, 'src') }],
  }) as Compiler;
  const isComponent = (id: string) =>
    id.startsWith(modulesFolder + sep) ||
    id.startsWith(BASE_COMPONENTS + sep) ||
    id.startsWith(join('@lwc', 'resources'));

  return {
    name: 'compile-components',
    enforce: 'pre',
    buildStart() {
      (inner.buildStart as (options: object) => void).call(this, {});
    },
    resolveId(source, importer) {
      if (!importer) return null;
      const isFile = source.startsWith('.') || source.startsWith('/');
      if (isFile && !isComponent(importer) && !isComponent(source)) return null;
      const found = inner.resolveId.call(this, source, show(importer));
      return found ? hide(found) : null;
    },
    async load(id) {
      if (!isComponent(id)) return null;
      const [path = ''] = show(id).split('?');
      const code = inner.load.call(this, show(id)) ?? (await readFile(path, 'utf8'));
      return { code, moduleType: 'js' };
    },
    transform(source, id) {
      if (!isComponent(id)) return null;
      const [path = ''] = id.split('?');
      const code = path.endsWith('.ts') ? stripTypeScriptTypes(source) : source;
      const compiled = inner.transform.call(this as unknown as TransformPluginContext, code, show(id));
      return compiled ? { code: compiled.code, map: null, moduleType: 'js' } : null;
    },
  };
}
