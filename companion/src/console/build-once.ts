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

export interface Build {
  /** The result's folder is called so, followed by the hash of all that went into it. */
  name: string;
  /** A file of the result, without which it is not one. */
  result: string;
  cacheDirectory: string;
  /** npm packages of which the versions decide the result. */
  tools: readonly string[];
  inputs: readonly { folder: string; pattern: string }[];
  /** What builds; it is given `args` and then the folder to build into. */
  script: string;
  args: readonly string[];
}

/** Builds that are under way, so that callers that come together share one. */
const builds = new Map<string, Promise<string>>();

function hashInputs({ tools, inputs }: Build): string {
  const hash = createHash('sha256');
  for (const tool of tools) {
    const { version } = require(`${tool}/package.json`) as { version: string };
    hash.update(`${tool}@${version}\n`);
  }
  for (const { folder, pattern } of inputs) {
    const files = globSync(pattern, { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      if (path.includes('__tests__')) continue;
      hash.update(`${path.slice(folder.length)}\n`).update(readFileSync(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds in a process of its own: compiling takes seconds of pure computing, during which a server would answer nobody. */
async function build({ cacheDirectory, script, args }: Build, target: string): Promise<string> {
  await mkdir(cacheDirectory, { recursive: true });
  const folder = await mkdtemp(join(cacheDirectory, 'building-'));
  try {
    await run(process.execPath, ['--no-warnings', script, ...args, folder], {
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

/** The folder with the result for the inputs as they are now: built once, then found on disk. */
export async function buildOnce(wanted: Build): Promise<string> {
  const target = join(wanted.cacheDirectory, `${wanted.name}-${hashInputs(wanted)}`);
  if (existsSync(join(target, wanted.result))) return target;
  const underWay = builds.get(target);
  if (underWay) return await underWay;
  const started = build(wanted, target).finally(() => builds.delete(target));
  builds.set(target, started);
  return await started;
}
