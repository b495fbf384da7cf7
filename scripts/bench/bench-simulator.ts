// Prints how the Salesforce simulator bears a large org: loading, memory, and calls beside those to a small org.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../companion/simulators/salesforce/start-salesforce-simulator.ts';

const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 1_000_000);
const ACCOUNTS_OF_PEER = 1000;
const ROWS_A_CALL = 200;
const ROUNDS = 50;
const ROUNDS_OF_SLOW_CALLS = 5;
const PAGE_ROWS = 2000;

interface Org {
  simulator: SalesforceSimulator;
  accessToken: string;
  ids: string[];
}

const directory = mkdtempSync(join(tmpdir(), 'simulator-bench-'));
const storeFile = join(directory, 'journal.jsonl');
try {
  const small = await open(ACCOUNTS_OF_PEER);
  const started = performance.now();
  const large = await open(ACCOUNTS, storeFile);
  const loadSeconds = (performance.now() - started) / 1000;
  const loadedRss = readRss();
  const calls = await compare(small, large);
  await Promise.all([small.simulator.close(), large.simulator.close()]);
  const reopened = performance.now();
  await (await startSalesforceSimulator({ storeFile })).close();
  const reopenSeconds = (performance.now() - reopened) / 1000;

  console.table({
    [`load ${ACCOUNTS} Accounts, with a journal`]: { seconds: loadSeconds.toFixed(1) },
    'open the same again': { seconds: reopenSeconds.toFixed(1) },
  });
  console.table(calls);
  console.log(`Memory of the process: ${loadedRss} MB when loaded, ${readRss()} MB after all calls (RSS).`);
  console.log(
    `Median of ${ROUNDS} calls, Node ${process.version}, ${cpus().length} cores, client and org in one process.`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function open(count: number, file?: string): Promise<Org> {
  const simulator = await startSalesforceSimulator(file === undefined ? {} : { storeFile: file });
  const response = await fetch(`${simulator.url}/_simulator/accounts`, {
    method: 'POST',
    body: JSON.stringify({ count }),
  });
  const { created } = (await response.json()) as { created: string[] };
  const { accessToken } = simulator.org.openSession('admin');
  return { simulator, accessToken, ids: created };
}

async function compare(small: Org, large: Org): Promise<object> {
  const kinds: Record<string, (org: Org, round: number) => Promise<void>> = {
    [`PATCH ${ROWS_A_CALL} rows of a collection`]: patchRows,
    'query by an indexed field': queryByKey,
    [`query by ${ROWS_A_CALL} values of an indexed field`]: queryByKeys,
    'first page in the order of SystemModstamp': queryFirstPage,
    'changes after a time, the first page of them': queryChanges,
    'COUNT()': (org) => countAll(org, 'SELECT COUNT() FROM Account'),
    'GROUP BY': (org) => countAll(org, 'SELECT OwnerId, COUNT(Id) FROM Account GROUP BY OwnerId'),
  };
  const rows: Record<string, object> = {};
  for (const [name, call] of Object.entries(kinds)) {
    const rounds = name.includes('COUNT') || name.includes('GROUP') ? ROUNDS_OF_SLOW_CALLS : ROUNDS;
    const peer = await measure(small, call, rounds);
    const own = await measure(large, call, rounds);
    rows[name] = {
      ms: own.wall.toFixed(1),
      'ms of CPU': own.cpu.toFixed(1),
      [`ms with ${ACCOUNTS_OF_PEER} Accounts`]: peer.wall.toFixed(1),
      ratio: (own.wall / peer.wall).toFixed(1),
    };
  }
  rows[`all pages of a query, for each page of ${PAGE_ROWS}`] = {
    ms: (await readAllPages(large)).toFixed(1),
  };
  return rows;
}

async function measure(
  org: Org,
  call: (org: Org, round: number) => Promise<void>,
  rounds: number,
): Promise<{ wall: number; cpu: number }> {
  const times: number[] = [];
  const used = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await call(org, round);
    times.push(performance.now() - started);
  }
  // On a shared machine the time on the clock says little without the processor's.
  const { user, system } = process.cpuUsage(used);
  const wall = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
  return { wall, cpu: (user + system) / 1000 / rounds };
}

async function patchRows(org: Org, round: number): Promise<void> {
  const start = (round * 7919 * ROWS_A_CALL) % (org.ids.length - ROWS_A_CALL + 1);
  const records = org.ids.slice(start, start + ROWS_A_CALL).map((id) => ({
    attributes: { type: 'Account' },
    id,
    NumberOfEmployees: round,
    Phone: String(round),
  }));
  const rows = (await ask(org, 'composite/sobjects', {
    method: 'PATCH',
    body: JSON.stringify({ records }),
  })) as {
    success: boolean;
  }[];
  if (!rows.every((row) => row.success)) throw new Error(JSON.stringify(rows[0]));
}

async function queryByKey(org: Org, round: number): Promise<void> {
  const key = `C-${String((round * 7919) % org.ids.length || 1).padStart(6, '0')}`;
  await query(org, `SELECT Id, Name FROM Account WHERE upflow__Shared_Identifier__c = '${key}'`);
}

async function queryByKeys(org: Org, round: number): Promise<void> {
  const start = (round * 7919 * ROWS_A_CALL) % (org.ids.length - ROWS_A_CALL + 1);
  const keys = org.ids
    .slice(0, ROWS_A_CALL)
    .map((_, index) => `'C-${String(start + index + 1).padStart(6, '0')}'`);
  await query(org, `SELECT Id, Name FROM Account WHERE upflow__Shared_Identifier__c IN (${keys.join()})`);
}

async function countAll(org: Org, soql: string): Promise<void> {
  await query(org, soql);
}

async function queryChanges(org: Org): Promise<void> {
  const changes = 'WHERE SystemModstamp > 2020-01-01T00:00:00Z ORDER BY SystemModstamp, Id';
  await query(org, `SELECT Id, SystemModstamp FROM Account ${changes} LIMIT ${PAGE_ROWS}`);
}

async function queryFirstPage(org: Org): Promise<void> {
  await query(org, `SELECT Id FROM Account ORDER BY SystemModstamp, Id LIMIT ${PAGE_ROWS}`);
}

/** @returns milliseconds a page */
async function readAllPages(org: Org): Promise<number> {
  const started = performance.now();
  let page = await query(org, 'SELECT Id, Name, SystemModstamp FROM Account');
  let pages = 1;
  for (; page.nextRecordsUrl !== undefined; pages += 1) {
    const next = page.nextRecordsUrl.replace(/^\/services\/data\/v66\.0\//, '');
    page = (await ask(org, next)) as Page;
  }
  return (performance.now() - started) / pages;
}

interface Page {
  totalSize: number;
  nextRecordsUrl?: string;
}

async function query(org: Org, soql: string): Promise<Page> {
  return (await ask(org, `query?q=${encodeURIComponent(soql)}`)) as Page;
}

async function ask({ simulator, accessToken }: Org, path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const response = await fetch(`${simulator.url}/services/data/v66.0/${path}`, { ...init, headers });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

function readRss(): number {
  return Math.round(process.memoryUsage().rss / 1024 / 1024);
}
