import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildOnce } from './build-once.ts';
import { compileComponents } from './compile-components.ts';
import { keepUsedStyles } from './keep-used-styles.ts';
import { BASE_COMPONENTS } from './list-base-components.ts';
import { subsetIcons } from './subset-icons.ts';

const require = createRequire(import.meta.url);
const appFolder = join(import.meta.dirname, 'app');
const TOOLS = [
  '@lwc/engine-dom',
  '@lwc/rollup-plugin',
  '@lwc/synthetic-shadow',
  '@salesforce-ux/design-system',
  'lightning-base-components',
  'vite',
];
const SLDS = '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';

/** Where the console is kept when nobody says otherwise: beside the other things that are built on this machine. */
const CACHE_DIRECTORY = join(import.meta.dirname, '../../../.cache');

/** The folder with the console's page and assets for the sources as they are now: built once, then found on disk. */
export async function buildConsole(cacheDirectory = CACHE_DIRECTORY): Promise<string> {
  return await buildOnce({
    name: 'console',
    result: 'index.html',
    cacheDirectory,
    tools: TOOLS,
    inputs: [
      { folder: appFolder, pattern: '**/*' },
      {
        folder: import.meta.dirname,
        pattern: '{build-console,compile-components,keep-used-styles,list-base-components,subset-icons}.ts',
      },
    ],
    script: import.meta.filename,
    args: [],
  });
}

async function bundle(outputFolder: string): Promise<void> {
  // Only the process that builds needs Vite.
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: appFolder,
    base: '/console/',
    resolve: { alias: { '@slds': require.resolve(SLDS) } },
    plugins: [
      { ...subsetIcons(BASE_COMPONENTS, [appFolder]), enforce: 'pre' },
      compileComponents(join(appFolder, 'modules')),
    ],
    css: { postcss: { plugins: [keepUsedStyles(appFolder, BASE_COMPONENTS)] } },
    build: {
      outDir: outputFolder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      // The design system comes minified, and has selectors that the minifier does not know.
      cssMinify: false,
    },
  });
}

if (import.meta.main) {
  const [outputFolder] = process.argv.slice(2);
  if (outputFolder) await bundle(outputFolder);
  else console.log(await buildConsole());
}
