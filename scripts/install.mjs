// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** The Node that the project pins; every part of it runs on this one, whatever is installed. */
export const NODE = new URL(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, root);

/**
 * Installs what is missing, exactly as the lock file says.
 *
 * @param {'demo' | 'everything'} scope the demo needs the companion's packages only
 */
export function install(scope) {
  const manifests = scope === 'demo' ? ['companion/'] : ['', 'companion/'];
  if (manifests.every(isInstalled)) return;
  console.log('Installing packages; this happens once and takes a minute or two …');
  const workspace = scope === 'demo' ? ['--workspace', 'companion'] : [];
  const { status } = spawnSync('npm', ['ci', ...workspace, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The packages could not be installed. See what npm says above.');
    process.exit(status ?? 1);
  }
}

/**
 * Whether every package that a manifest names is there in the version of the lock file.
 *
 * @param {string} manifest folder of the package.json, empty for the root
 */
function isInstalled(manifest) {
  const { dependencies, devDependencies } = readJson(`${manifest}package.json`) ?? {};
  const lock = readJson('package-lock.json');
  // npm writes this file last, so an interrupted install is not taken for a whole one.
  if (readJson('node_modules/.package-lock.json') === undefined || !existsSync(NODE)) return false;
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => {
    const places = [`${manifest}node_modules/${name}`, `node_modules/${name}`];
    const place = places.find((candidate) => lock?.packages[candidate] !== undefined);
    return place !== undefined && readJson(`${place}/package.json`)?.version === lock.packages[place].version;
  });
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  } catch {
    return undefined;
  }
}
