import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const BUILD_LIMIT_IN_MILLISECONDS = 120_000;
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

/** Builds that are under way, so that requests that arrive together share one. */
const builds = new Map<string, Promise<string>>();

function hashInputs(packageDirectory: string): string {
  const hash = createHash('sha256');
  for (const tool of TOOLS) {
    const { version } = require(`${tool}/package.json`) as { version: string };
    hash.update(`${tool}@${version}\n`);
  }
  const folders = [
    {
      folder: packageDirectory,
      pattern: 'main/default/{lwc,labels,translations,objects/*/fields}/**/*.{js,html,css,xml}',
    },
    { folder: import.meta.dirname, pattern: '{*.ts,browser/**/*}' },
  ];
  for (const { folder, pattern } of folders) {
    const files = globSync(pattern, { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      if (path.includes('__tests__')) continue;
      hash.update(`${path.slice(folder.length)}\n`).update(readFileSync(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds in a process of its own: compiling takes seconds of pure computing, during which a server would answer nobody. */
async function build(packageDirectory: string, cacheDirectory: string, target: string): Promise<string> {
  await mkdir(cacheDirectory, { recursive: true });
  const folder = await mkdtemp(join(cacheDirectory, 'building-'));
  try {
    const script = join(import.meta.dirname, 'roll-up-lightning.ts');
    await run(process.execPath, ['--no-warnings', script, packageDirectory, folder], {
      timeout: BUILD_LIMIT_IN_MILLISECONDS,
    });
    // Another process may have built the same meanwhile: what it built is equal to ours.
    await rename(folder, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder that holds lightning.js for the sources as they are now: built once, then found on disk. */
export async function buildLightningBundle({
  packageDirectory,
  cacheDirectory,
}: BundleOptions): Promise<string> {
  const target = join(cacheDirectory, `lightning-${hashInputs(packageDirectory)}`);
  if (existsSync(join(target, 'lightning.js'))) return target;
  const underWay = builds.get(target);
  if (underWay) return await underWay;
  const started = build(packageDirectory, cacheDirectory, target).finally(() => builds.delete(target));
  builds.set(target, started);
  return await started;
}
