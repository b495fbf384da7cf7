import { fork, type ChildProcess } from 'node:child_process';
import { fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildLightningBundle } from './salesforce/page/build-lightning-bundle.ts';
import { serveSimulatorPages } from './salesforce/page/serve-simulator-pages.ts';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from './salesforce/start-salesforce-simulator.ts';
import { DEMO_CONNECTION_ID, keepDemoSecrets } from './keep-demo-secrets.ts';
import { sampleCompanies } from './sample-companies.ts';
import { startUpflowSimulator } from './upflow/start-upflow-simulator.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const bundle = {
  packageDirectory: join(import.meta.dirname, '../../force-app'),
  cacheDirectory: join(import.meta.dirname, '../../.cache/lightning'),
};

export interface DemoOptions {
  dataDirectory: string;
  /** 0 takes any free port; so for the other two. */
  companionPort: number;
  upflowPort: number;
  salesforcePort: number;
  databaseUrl?: string | undefined;
  pushSecret?: string | undefined;
  apiToken?: string | undefined;
}

export interface Demo {
  addresses: {
    companion: string;
    /** Signs whoever opens it in to the console, once. */
    console: string | null;
    upflow: string;
    salesforce: string;
    accountPage: string;
  };
  logFile: string;
  /** False where Salesforce was reset: the companion does not write again what it wrote before. */
  hasFigures: boolean;
  stop(): Promise<void>;
}

/**
 * Starts both simulators and the companion between them, and sends the sample customers through.
 *
 * @throws {Error} that says what is missing or in the way
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { dataDirectory } = options;
  const logFile = join(dataDirectory, 'companion.log');
  const secrets = keepDemoSecrets(join(dataDirectory, 'demo-secrets.json'), options);
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.toReversed()) await close();
  };
  // Some seconds of compiling at the very first start, while everything else comes up.
  const built = buildLightningBundle(bundle);
  built.catch(() => undefined);
  try {
    const salesforce = await startSalesforceSimulator({
      port: options.salesforcePort,
      storeFile: join(dataDirectory, 'salesforce.jsonl'),
      configure: (app, org) => {
        app.use(serveSimulatorPages(org, bundle));
      },
    });
    closers.push(() => salesforce.close());

    const upflow = await startUpflowSimulator({
      port: options.upflowPort,
      storeFile: join(dataDirectory, 'upflow.json'),
      connectionId: DEMO_CONNECTION_ID,
      pushSecret: secrets.pushSecret,
    });
    closers.push(() => upflow.close());

    const connectionsFile = join(dataDirectory, 'connections.json');
    writeConnections(connectionsFile, secrets, salesforce);
    const companion = await startCompanionProcess(options, {
      connectionsFile,
      salesforceUrl: salesforce.url,
      logFile,
      encryptionKeys: secrets.encryptionKeys,
    });
    closers.push(companion.stop);

    upflow.connect(companion.url);
    await fetch(`${upflow.url}/_simulator/push`, { method: 'POST' });
    const { accountId, hasFigures } = await waitForFigures(salesforce);
    await built;
    return {
      addresses: {
        companion: companion.url,
        console: companion.consoleLink ?? null,
        upflow: upflow.url,
        salesforce: salesforce.url,
        accountPage: `${salesforce.url}/lightning/r/Account/${accountId}/view`,
      },
      logFile,
      hasFigures,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeConnections(
  file: string,
  { pushSecret, apiToken }: { pushSecret: string; apiToken: string },
  { url, clientId, clientSecret }: SalesforceSimulator,
): void {
  const connection = {
    id: DEMO_CONNECTION_ID,
    name: 'Demo',
    pushSecrets: [pushSecret],
    apiTokens: [apiToken],
    salesforce: { host: url, clientId, clientSecret },
    identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
  };
  writeFileSync(file, JSON.stringify({ connections: [connection] }, null, 2), { mode: 0o600 });
}

async function startCompanionProcess(
  { companionPort, databaseUrl, dataDirectory }: DemoOptions,
  made: { connectionsFile: string; salesforceUrl: string; logFile: string; encryptionKeys: string },
): Promise<CompanionAddress & { stop: () => Promise<void> }> {
  const { connectionsFile, salesforceUrl, logFile } = made;
  const log = openSync(logFile, 'a');
  const logStart = fstatSync(log).size;
  const child = fork(MAIN, {
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      PORT: String(companionPort),
      DATA_DIR: dataDirectory,
      DATABASE_URL: databaseUrl,
      ...(databaseUrl === undefined || process.env.ENCRYPTION_KEYS
        ? {}
        : { ENCRYPTION_KEYS: made.encryptionKeys }),
      CONNECTIONS_FILE: connectionsFile,
      SALESFORCE_SIMULATOR_ORIGIN: salesforceUrl,
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await readAddress(child, () => readLastWords(logFile, logStart));
  return {
    ...address,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** What the companion says when it is up; the link is missing where links are switched off. */
export interface CompanionAddress {
  url: string;
  consoleLink?: string;
}

export function readAddress(child: ChildProcess, lastWords: () => string): Promise<CompanionAddress> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as CompanionAddress));
    child.once('exit', () => reject(new Error(`the companion stopped at once: ${lastWords()}`)));
  });
}

/** What the companion wrote before it stopped: plain text about its settings, or a last line of its log. */
function readLastWords(logFile: string, start: number): string {
  const text = readFileSync(logFile).subarray(start).toString('utf8').trim();
  try {
    const { err, msg } = JSON.parse(text.split('\n').at(-1) ?? '') as {
      err?: { message?: string };
      msg: string;
    };
    return err?.message ?? msg;
  } catch {
    return text;
  }
}

/** Waits until every sample Account that has a customer carries its figures, or long enough. */
async function waitForFigures({
  url,
  org,
}: SalesforceSimulator): Promise<{ accountId: string; hasFigures: boolean }> {
  let accountId: string | undefined;
  const { accessToken } = org.openSession('admin');
  const query = 'SELECT Id, upflow__Last_Synced__c FROM Account WHERE upflow__Shared_Identifier__c IN ';
  const identifiers = sampleCompanies.flatMap(({ sharedIdentifier }) => sharedIdentifier ?? []);
  const address =
    `${url}/services/data/v66.0/query?q=` +
    encodeURIComponent(`${query}('${identifiers.join("','")}') ORDER BY CreatedDate, Id`);
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
    const { records } = (await answer.json()) as {
      records: { Id: string; upflow__Last_Synced__c: string | null }[];
    };
    const first = records[0];
    accountId = first?.Id;
    if (first !== undefined && records.every(({ upflow__Last_Synced__c: synced }) => synced !== null))
      return { accountId: first.Id, hasFigures: true };
    await delay(100);
  }
  if (accountId === undefined) throw new Error('none of the sample Accounts is left in Salesforce');
  return { accountId, hasFigures: false };
}
