import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provisionConnections } from '../../companion/src/connect/provision-connections.ts';
import { NO_IMPORT } from '../../companion/src/connect/import-settings.ts';
import { runImport } from '../../companion/src/import/run-import.ts';
import { openServices } from '../../companion/src/services.ts';
import { addImportRun, findImportRun } from '../../companion/src/store/import-runs.ts';
import { saveImportSettings } from '../../companion/src/store/import-settings.ts';
import { openDatabase, type DatabaseLocation } from '../../companion/src/store/open-database.ts';
import type { SalesforceSimulator } from '../../companion/simulators/salesforce/start-salesforce-simulator.ts';
import type { UpflowClient } from '../../companion/src/upflow/api-client.ts';
import { UpflowCallError, type UpflowProblem } from '../../companion/src/upflow/call-error.ts';
import type { UpflowItem } from '../../companion/src/upflow/read-list.ts';
import type { UpflowRequest } from '../../companion/src/upflow/exchange.ts';
import type { FakeUpflow } from '../../companion/test/import/fake-upflow.ts';
import { collectLog } from '../../companion/test/support/collect-log.ts';
import { makeConfig } from '../../companion/test/support/make-config.ts';

/**
 * Imports many Accounts with three contacts each: everything, then again with nothing changed, then with one in a
 * hundred changed. Salesforce and Upflow are in a process of their own, so that the memory is the companion's alone.
 * Upflow is a model without its limit of 600 calls a minute, which would be most of the time.
 */
const ID = 'bench';
const CONTACTS = 3;
const IDENTIFIER = 'upflow__Shared_Identifier__c';
const DAYS_AGO = 30;

type InsertRecord =
  (typeof import('../../companion/simulators/salesforce/org/insert-record.ts'))['insertRecord'];

interface Calls {
  salesforce: number;
  upflow: number;
  writes: number;
}

interface Asked {
  id: number;
  what: 'prepare' | 'customers' | 'calls' | 'change' | 'call' | 'list';
  request?: UpflowRequest;
  accounts?: number;
  location?: DatabaseLocation;
}
interface Answered {
  id: number;
  result?: unknown;
  error?: { problem: UpflowProblem; message: string };
}

if (process.send === undefined) await measure();
else await serve();

/** The two other sides, in the process that was forked. */
async function serve(): Promise<void> {
  // Not loaded where memory is measured.
  const { fakeUpflow } = await import('../../companion/test/import/fake-upflow.ts');
  const { startSalesforceSimulator } =
    await import('../../companion/simulators/salesforce/start-salesforce-simulator.ts');
  const records = await import('../../companion/simulators/salesforce/org/insert-record.ts');
  const upflow = fakeUpflow();
  let simulator: SalesforceSimulator | undefined;
  let accountIds: string[] = [];
  const work: Record<Asked['what'], (asked: Asked) => unknown> = {
    async prepare({ accounts = 0 }) {
      simulator = await startSalesforceSimulator();
      accountIds = seed(simulator, upflow, accounts, records.insertRecord);
      const { url, clientId, clientSecret } = simulator;
      return { url, clientId, clientSecret };
    },
    customers: ({ location, accounts = 0 }) => location && saveCustomers(location, accounts),
    calls() {
      const calls = { salesforce: simulator?.org.stats.apiCalls ?? 0, upflow: upflow.calls.length };
      return { ...calls, writes: upflow.writes().length };
    },
    change() {
      if (simulator === undefined) return;
      const { org } = simulator;
      for (let index = 0; index < accountIds.length; index += 100)
        records.changeRecord(
          org,
          'Account',
          accountIds[index] ?? '',
          { Industry: 'Retail' },
          org.users.rep.id,
        );
      org.store.commit();
    },
    call: ({ request }) => (request === undefined ? undefined : upflow.client.call(request)),
    async list({ request }) {
      const items: unknown[] = [];
      for await (const page of upflow.client.pages({ path: request?.path ?? '', key: 'items' }))
        items.push(...page);
      return items;
    },
  };
  process.on('message', (asked: Asked) => {
    const { id, what } = asked;
    Promise.resolve(asked)
      .then((one) => work[what](one))
      .then((result) => process.send?.({ id, result } satisfies Answered))
      .catch((error: unknown) => {
        const { problem, message } = error as UpflowCallError;
        process.send?.({ id, error: { problem, message } } satisfies Answered);
      });
  });
}

/** The customers are known before, as in a companion that has received pushes for a while. */
async function saveCustomers(location: DatabaseLocation, accounts: number): Promise<void> {
  const { saveNewerStates } = await import('../../companion/src/store/customers.ts');
  const database = await openDatabase(location);
  const now = new Date();
  for (let start = 0; start < accounts; start += 1000) {
    const states = Array.from({ length: Math.min(1000, accounts - start) }, (_, index) => {
      const name = `c-${start + index}`;
      return {
        ...{ customerId: name, updatedAt: now, pushSentAt: now, pushId: 'p', identifier: name },
        customer: { id: name, externalId: name, name },
      };
    });
    await saveNewerStates(database.db, ID, states, false);
  }
  await database.maintain?.();
  await database.close();
}

function seed(
  { org }: SalesforceSimulator,
  upflow: FakeUpflow,
  accounts: number,
  insertRecord: InsertRecord,
): string[] {
  const userId = org.users.rep.id;
  const at = Date.now() - DAYS_AGO * 86_400_000;
  const ids: string[] = [];
  for (let index = 0; index < accounts; index++) {
    const values = { Name: `Company ${index}`, [IDENTIFIER]: `c-${index}`, Industry: 'Media' };
    const id = insertRecord(org, 'Account', values, { userId, at: at + index });
    ids.push(id);
    upflow.addCustomer(`c-${index}`, [{ email: `billing@c${index}.example` }]);
    for (let contact = 0; contact < CONTACTS; contact++) {
      const person = { LastName: `Person ${contact}`, AccountId: id, Email: `p${contact}@c${index}.example` };
      insertRecord(org, 'Contact', person, { userId, at: at + index * CONTACTS + contact });
    }
    if (index % 1000 === 999) org.store.commit();
  }
  org.store.commit();
  return ids;
}

/** Asks the forked process. */
function askOf(child: ChildProcess): <Result>(what: Asked['what'], more?: Partial<Asked>) => Promise<Result> {
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', ({ id, result, error }: Answered) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result as never);
    else one?.reject(new UpflowCallError(error.problem, error.message));
  });
  return (what, more = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, what, ...more } satisfies Asked);
    });
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { accounts: { type: 'string', default: '100000' }, url: { type: 'string' } },
  });
  const accounts = Number(values.accounts);
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--max-old-space-size=6000'] });
  const ask = askOf(child);
  console.log(`${accounts} Accounts, ${accounts * CONTACTS} contacts`);
  const org = await ask<{ url: string; clientId: string; clientSecret: string }>('prepare', { accounts });
  const directory = mkdtempSync(join(tmpdir(), 'bench-import-'));
  const location = values.url === undefined ? { directory } : { url: values.url };
  await ask('customers', { location, accounts });
  const database = await openDatabase(location);
  const { db } = database;
  const { log } = collectLog();
  const { url, clientId, clientSecret } = org;
  const config = makeConfig(
    { location, environment: {}, remove: () => Promise.resolve() },
    {
      simulatorOrigin: url,
      salesforceTimeoutInMs: 120_000,
      apiCallSharePercent: 100,
      sealingKeys: [{ name: 'bench', key: randomBytes(32) }],
      provisioned: [
        {
          ...{ id: ID, name: 'Bench', pushSecrets: [], apiTokens: [] },
          salesforce: { origin: url, clientId, clientSecret },
          identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
        },
      ],
    },
  );
  const services = openServices({ config, database, kick: () => undefined, log });
  await provisionConnections(db, services.sealer, config.provisioned);
  const client: UpflowClient = {
    checkCredentials: () => Promise.resolve(),
    listCustomers: () => Promise.resolve({ customers: [], total: 0 }),
    call: (request) => ask('call', { request }),
    async *pages({ path }) {
      yield await ask<UpflowItem[]>('list', { request: { method: 'GET', path } });
    },
  };
  const { revision: _, ...nothing } = NO_IMPORT;
  const field = {
    level: 'customer',
    field: 'Industry',
    upflowId: 'f',
    upflowName: 'Industry',
    upflowType: 'TEXT',
  } as const;
  await saveImportSettings(db, ID, { ...nothing, owners: true, contacts: true, fields: [field] });
  console.log(`before the first run: ${Math.round(process.memoryUsage.rss() / 1_048_576)} MiB`);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200);
  let seconds = 0;
  const runOnce = async (what: string, kind: 'full' | 'changes') => {
    peak = 0;
    const before = await ask<Calls>('calls');
    const id = (await addImportRun(db, ID, { kind, by: 'schedule' })) ?? '';
    const started = performance.now();
    await runImport(services, ID, undefined, { openUpflow: () => client });
    seconds = (performance.now() - started) / 1000;
    const run = await findImportRun(db, ID, id);
    const after = await ask<Calls>('calls');
    const writes = after.writes - before.writes;
    console.log(
      `${what}: ${run?.state}, ${seconds.toFixed(1)} s, ${after.salesforce - before.salesforce} Salesforce calls, ` +
        `${after.upflow - before.upflow} Upflow calls of which ${writes} write, peak ${Math.round(peak / 1_048_576)} MiB`,
    );
    if (run?.reason != null) console.log(run.reason);
    console.log(JSON.stringify(run?.counts));
    return writes;
  };
  await runOnce('first import', 'changes');
  const first = seconds;
  await runOnce('nothing changed', 'changes');
  console.log(`  ${Math.round(first / Math.max(seconds, 0.001))} times as fast as the first`);
  await ask('change');
  const changed = await runOnce('one in a hundred changed', 'changes');
  console.log(`  ${changed} writes for ${Math.ceil(accounts / 100)} changed Accounts`);
  await runOnce('daily full pass', 'full');
  clearInterval(watch);
  await database.close();
  rmSync(directory, { recursive: true, force: true });
  child.kill();
}
