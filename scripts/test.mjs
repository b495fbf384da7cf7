// @ts-check
// Everything that can be tested on this machine, from a fresh clone: `npm test`.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, NODE } from './install.mjs';

/**
 * What runs on PostgreSQL too: all that works on rows while others do. PGlite is the same engine with one session, so the
 * statements of the rest are tested there.
 */
const ON_POSTGRES = [
  'test/erase',
  'test/export',
  'test/faults',
  'test/import',
  'test/match/(links|options|large)',
  'test/run-jobs',
  'test/sign-in/sessions',
  'test/store',
  'test/sweep/sweep',
  'test/upflow',
  'test/connect/(renew|lost)',
];

/** Long tests that run on PostgreSQL alone: shorter ones make the same statements on PGlite. */
const ON_POSTGRES_ALONE = [
  'test/match/large',
  'test/export/bulk-kill',
  'test/export/runs',
  'test/import/resume',
];

const TWO_AT_ONCE = ['--maxWorkers=2'];

/** @type {{ name: string, script: string, args?: string[], env?: Record<string, string> }[]} */
const steps = [
  { name: 'Types, lint, format', script: 'check' },
  { name: 'Components', script: 'test:components' },
  {
    name: 'Pages in a browser',
    script: 'test:companion',
    args: [...TWO_AT_ONCE, 'test/browser', 'test/demo'],
  },
  {
    name: 'Companion on PGlite; package, simulators',
    script: 'test:companion',
    args: [...TWO_AT_ONCE, '--testPathIgnorePatterns', 'test/browser', 'test/demo', ...ON_POSTGRES_ALONE],
    env: { TEST_DATABASE: 'pglite' },
  },
  {
    name: 'Companion on PostgreSQL',
    script: 'test:companion',
    args: [...ON_POSTGRES, ...TWO_AT_ONCE],
    env: { TEST_DATABASE: 'postgres' },
  },
];

install('everything');
// The pinned Node first, so that every script runs on it.
const PATH = `${dirname(fileURLToPath(NODE))}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
for (const { name, script, args = [], env } of steps) {
  console.log(`\n=== ${name} ===`);
  const started = Date.now();
  const { status } = spawnSync(
    'npm',
    ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])],
    {
      cwd: new URL('../', import.meta.url),
      stdio: 'inherit',
      env: { ...process.env, ...env, PATH },
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    console.error(`\n${name}: failed`);
    process.exit(status ?? 1);
  }
  console.log(`${name}: passed in ${Math.round((Date.now() - started) / 1000)} s`);
}
