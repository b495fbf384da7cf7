import { join } from 'node:path';
import { buildOnce } from '../../../src/console/build-once.ts';

const TOOLS = [
  '@lwc/engine-dom',
  '@lwc/rollup-plugin',
  '@lwc/synthetic-shadow',
  'lightning-base-components',
  'rollup',
];

export interface BundleOptions {
  /** Folder of the package's sources, normally force-app. */
  packageDirectory: string;
  /** Where built bundles are kept; each under the hash of all that went into it. */
  cacheDirectory: string;
}

/** The folder that holds lightning.js for the sources as they are now: built once, then found on disk. */
export async function buildLightningBundle({
  packageDirectory,
  cacheDirectory,
}: BundleOptions): Promise<string> {
  return await buildOnce({
    name: 'lightning',
    result: 'lightning.js',
    cacheDirectory,
    tools: TOOLS,
    inputs: [
      {
        folder: packageDirectory,
        pattern: 'main/default/{lwc,labels,translations,objects/*/fields}/**/*.{js,html,css,xml}',
      },
      { folder: import.meta.dirname, pattern: '{*.ts,browser/**/*}' },
      {
        folder: join(import.meta.dirname, '../../../src/console'),
        pattern: '{list-base-components,subset-icons}.ts',
      },
    ],
    script: join(import.meta.dirname, 'roll-up-lightning.ts'),
    args: [packageDirectory],
  });
}
