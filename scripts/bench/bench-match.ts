// Prints what a million customers against a million Accounts take: preview, report, pages, memory; beside it a plain
// Map of the same values. BENCH_CUSTOMERS sets another number.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import type { Connection } from '../../companion/src/connect/connection.ts';
import { readPage } from '../../companion/src/match/read-page.ts';
import { runMatchJobs } from '../../companion/src/match/run-match-jobs.ts';
import { openLog } from '../../companion/src/open-log.ts';
import { openSalesforceClient } from '../../companion/src/salesforce/open-client.ts';
import { saveNewerStates } from '../../companion/src/store/customers.ts';
import { addMatchJob, findMatchJob } from '../../companion/src/store/match-jobs.ts';
import { readReportHead } from '../../companion/src/store/match-report.ts';
import { openDatabase } from '../../companion/src/store/open-database.ts';
import { customerValue, makeAccount, makeCustomer } from './make-sides.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const ROWS_PER_INSERT = 1000;
const PAGES = 40;

const directory = process.env.BENCH_DIRECTORY ?? mkdtempSync(join(tmpdir(), 'companion-bench-'));
// Filled by a process of its own, so that what that leaves in memory is not measured.
if (process.env.BENCH_DIRECTORY === undefined)
  await runSelf({ BENCH_DIRECTORY: directory, BENCH_FILL: 'yes' });
const database = await openDatabase(
  process.env.DATABASE_URL === undefined ? { directory } : { url: process.env.DATABASE_URL },
);
const { db } = database;
const child = fork(new URL('./serve-accounts.ts', import.meta.url), {
  env: { PATH: process.env.PATH, BENCH_CUSTOMERS: String(CUSTOMERS) },
});
let peakRss = 0;
const watch = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage.rss())), 100);
const delay = monitorEventLoopDelay({ resolution: 5 });
try {
  if (process.env.BENCH_FILL !== undefined) {
    await seed();
    await database.close();
    process.exit();
  }
  const { port } = await new Promise<{ port: number }>((resolve) =>
    child.once('message', (message) => resolve(message as { port: number })),
  );
  await bench(`http://127.0.0.1:${port}`);
} finally {
  clearInterval(watch);
  child.disconnect();
  await database.close();
  if (process.env.BENCH_FILL === undefined) rmSync(directory, { recursive: true, force: true });
}

function runSelf(environment: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const filling = fork(new URL(import.meta.url), { env: { ...process.env, ...environment } });
    filling.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`filling ended with ${code}`)),
    );
  });
}

async function seed(): Promise<void> {
  await sql`
    insert into connection (connection_id, identifier)
    values ('bench', ${JSON.stringify({ upflow: 'externalId', salesforce: 'ERP_Code__c', comparedAs: 'text' })}::json)
    on conflict do nothing`.execute(db);
  await sql`delete from customer where connection_id = 'bench'`.execute(db);
  const at = new Date();
  for (let start = 0; start < CUSTOMERS; start += ROWS_PER_INSERT) {
    const length = Math.min(ROWS_PER_INSERT, CUSTOMERS - start);
    await saveNewerStates(
      db,
      'bench',
      Array.from({ length }, (_, offset) => {
        const customer = makeCustomer(start + offset);
        const stamps = { updatedAt: at, pushSentAt: at, pushId: `p-${start}` };
        return { customerId: customer.id, ...stamps, customer, identifier: customer.externalId };
      }),
    );
  }
  await database.maintain?.();
}

async function bench(origin: string): Promise<void> {
  const session = { accessToken: 'bench', instanceOrigin: origin, generation: 1 };
  const client = openSalesforceClient({
    sessions: { current: () => Promise.resolve(session), renew: () => Promise.resolve(session) },
    apiVersion: '66.0',
    timeoutInMs: 30_000,
    onCall: () => undefined,
  });
  const context = {
    db,
    connection: { id: 'bench' } as Connection,
    client: () => client,
    kick: () => undefined,
    log: openLog('error'),
  };
  const measure = async (name: string, kind: 'preview' | 'refresh', upflow?: string) => {
    child.send({ withName: kind === 'refresh' });
    global.gc?.();
    peakRss = 0;
    delay.reset();
    delay.enable();
    const pair =
      upflow === undefined ? null : { upflow, salesforce: 'ERP_Code__c', comparedAs: 'text' as const };
    await addMatchJob(db, 'bench', { kind, pair, by: 'bench' });
    const before = process.cpuUsage();
    const start = performance.now();
    await runMatchJobs(context);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    delay.disable();
    const job = await findMatchJob(db, 'bench', kind);
    if (job?.state !== 'done') throw new Error(JSON.stringify(job));
    console.log(
      `${name}: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor), peak RSS ${Math.round(peakRss / 1e6)} MB, event loop held ` +
        `${Math.round(delay.percentile(99) / 1e6)} ms (p99), ${Math.round(delay.max / 1e6)} ms at most`,
    );
    return job.result;
  };

  const rss = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(`${CUSTOMERS} customers, ${CUSTOMERS} Accounts, ${database.kind}; RSS before: ${rss} MB`);
  const result = await measure('preview, another pair than the one in force', 'preview', 'accountingRef');
  console.log(JSON.stringify(result));
  console.log(JSON.stringify(await measure('preview, the pair in force', 'preview')));
  comparePlainly();
  await measure('report, with its search', 'refresh');
  await timePages();
}

/** The peer: what comparing the same values costs at least. */
function comparePlainly(): void {
  const start = process.cpuUsage();
  const accounts = new Map<string, number>();
  for (let index = 0; index < CUSTOMERS; index++) {
    const [, , value] = makeAccount(index, CUSTOMERS);
    accounts.set(value, (accounts.get(value) ?? 0) + 1);
  }
  let matched = 0;
  for (let index = 0; index < CUSTOMERS; index++) if (accounts.get(customerValue(index)) === 1) matched++;
  const seconds = process.cpuUsage(start).user / 1e6;
  console.log(
    `plain Map of the same values in memory: ${seconds.toFixed(1)} s of processor, ${matched} matched`,
  );
}

async function timePages(): Promise<void> {
  const run = (await readReportHead(db, 'bench'))?.run ?? 0;
  const report = { run, kind: 'text' as const };
  const times = new Map<string, number[]>();
  const time = async <Result>(name: string, work: () => Promise<Result>) => {
    const start = performance.now();
    const result = await work();
    times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    return result;
  };
  for (const kind of [
    'matched',
    'missing-in-salesforce',
    'missing-in-upflow',
    'duplicate',
    'formatting',
  ] as const) {
    let after: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const wanted = { kind, search: '', limit: 50, after };
      after = (await time('page', () => readPage(db, 'bench', report, wanted))).next ?? undefined;
    }
    for (let page = 0; page < PAGES; page++) {
      const place = Math.floor((CUSTOMERS / PAGES) * page);
      const cursor = Buffer.from(String(place)).toString('base64url');
      await time('page from anywhere', () =>
        readPage(db, 'bench', report, { kind, search: '', limit: 50, after: cursor }),
      );
      for (const search of [
        `erp-${place + 3}`,
        'halden',
        'h',
        `0b8e6c1e-${page}`,
        'zzz',
        `lumière account ${page}`,
      ]) {
        await time(`search ${search.length < 8 ? search : 'for one'}`, () =>
          readPage(db, 'bench', report, { kind, search, limit: 50 }),
        );
      }
    }
  }
  for (const [name, all] of times) {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
    console.log(
      `${name}: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms, at most ${at(1)} ms (${all.length})`,
    );
  }
}
