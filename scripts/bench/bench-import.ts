import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { provisionConnections } from '../../companion/src/connect/provision-connections.ts';
import { NO_IMPORT } from '../../companion/src/connect/import-settings.ts';
import { runImport } from '../../companion/src/import/run-import.ts';
import { openServices } from '../../companion/src/services.ts';
import { saveNewerStates } from '../../companion/src/store/customers.ts';
import { addImportRun, findImportRun } from '../../companion/src/store/import-runs.ts';
import { saveImportSettings } from '../../companion/src/store/import-settings.ts';
import { openDatabase } from '../../companion/src/store/open-database.ts';
import { changeRecord, insertRecord } from '../../companion/simulators/salesforce/org/insert-record.ts';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../companion/simulators/salesforce/start-salesforce-simulator.ts';
import { fakeUpflow } from '../../companion/test/import/fake-upflow.ts';
import { collectLog } from '../../companion/test/support/collect-log.ts';
import { makeConfig } from '../../companion/test/support/make-config.ts';

/**
 * Imports many Accounts with three contacts each: everything, then again with nothing changed, then with one in a
 * hundred changed. Salesforce runs in a thread of its own, whose memory is not the companion's; Upflow is a model in
 * the companion's own process, without Upflow's limit of 600 calls a minute, which would be most of the time.
 */
const ID = 'bench';
const CONTACTS = 3;
const IDENTIFIER = 'upflow__Shared_Identifier__c';
const DAYS_AGO = 30;

interface Told {
  url: string;
  clientId: string;
  clientSecret: string;
}

if (isMainThread) await measure();
else await serveOrg(workerData as { accounts: number });

async function serveOrg({ accounts }: { accounts: number }): Promise<void> {
  const simulator: SalesforceSimulator = await startSalesforceSimulator();
  const { org } = simulator;
  const userId = org.users.rep.id;
  const at = Date.now() - DAYS_AGO * 86_400_000;
  const ids: string[] = [];
  for (let index = 0; index < accounts; index++) {
    const values = { Name: `Company ${index}`, [IDENTIFIER]: `c-${index}`, Industry: 'Media' };
    const id = insertRecord(org, 'Account', values, { userId, at: at + index });
    ids.push(id);
    for (let contact = 0; contact < CONTACTS; contact++) {
      const person = { LastName: `Person ${contact}`, AccountId: id, Email: `p${contact}@c${index}.example` };
      insertRecord(org, 'Contact', person, { userId, at: at + index * CONTACTS + contact });
    }
    if (index % 1000 === 999) org.store.commit();
  }
  org.store.commit();
  parentPort?.on('message', (wanted: 'calls' | 'change') => {
    if (wanted === 'change') {
      for (let index = 0; index < accounts; index += 100)
        changeRecord(org, 'Account', ids[index] ?? '', { Industry: 'Retail' }, userId);
      org.store.commit();
    }
    parentPort?.postMessage({ calls: org.stats.apiCalls });
  });
  const { url, clientId, clientSecret } = simulator;
  parentPort?.postMessage({ url, clientId, clientSecret } satisfies Told);
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { accounts: { type: 'string', default: '100000' }, url: { type: 'string' } },
  });
  const accounts = Number(values.accounts);
  const worker = new Worker(new URL(import.meta.url), { workerData: { accounts } });
  const ask = <Answer>(message?: 'calls' | 'change') =>
    new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      if (message !== undefined) worker.postMessage(message);
    });
  console.log(`${accounts} Accounts, ${accounts * CONTACTS} contacts`);
  const org = await ask<Told>();
  const directory = mkdtempSync(join(tmpdir(), 'bench-import-'));
  const location = values.url === undefined ? { directory } : { url: values.url };
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
  const upflow = fakeUpflow();
  const now = new Date();
  for (let start = 0; start < accounts; start += 1000) {
    const names = Array.from(
      { length: Math.min(1000, accounts - start) },
      (_, index) => `c-${start + index}`,
    );
    for (const name of names) upflow.addCustomer(name, [{ email: `billing@${name}.example` }]);
    const states = names.map((name) => ({
      ...{ customerId: name, updatedAt: now, pushSentAt: now, pushId: 'p', identifier: name },
      customer: { id: name, externalId: name, name },
    }));
    await saveNewerStates(db, ID, states, false);
  }
  await database.maintain?.();
  const { revision: _, ...nothing } = NO_IMPORT;
  const field = {
    level: 'customer',
    field: 'Industry',
    upflowId: 'f',
    upflowName: 'Industry',
    upflowType: 'TEXT',
  } as const;
  await saveImportSettings(db, ID, { ...nothing, owners: true, contacts: true, fields: [field] });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200);
  let seconds = 0;
  const runOnce = async (what: string, kind: 'full' | 'changes') => {
    peak = 0;
    upflow.calls.length = 0;
    const before = (await ask<{ calls: number }>('calls')).calls;
    const id = (await addImportRun(db, ID, { kind, by: 'schedule' })) ?? '';
    const started = performance.now();
    await runImport(services, ID, undefined, { openUpflow: () => upflow.client });
    seconds = (performance.now() - started) / 1000;
    const run = await findImportRun(db, ID, id);
    const calls = (await ask<{ calls: number }>('calls')).calls - before;
    const writes = upflow.writes().length;
    console.log(
      `${what}: ${run?.state}, ${seconds.toFixed(1)} s, ${calls} Salesforce calls, ${upflow.calls.length} Upflow calls of which ` +
        `${writes} write, peak ${Math.round(peak / 1e6)} MB (${Math.round(peak / 1_048_576)} MiB)`,
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
  await worker.terminate();
}
