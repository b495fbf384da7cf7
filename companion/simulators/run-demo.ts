import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assignPermissionSets } from './salesforce/access/assign-permission-sets.ts';
import { buildLightningBundle } from './salesforce/page/build-lightning-bundle.ts';
import { serveSimulatorPages } from './salesforce/page/serve-simulator-pages.ts';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from './salesforce/start-salesforce-simulator.ts';
import { DEMO_CONNECTION_ID, keepDemoSecrets, type DemoSecrets } from './keep-demo-secrets.ts';
import { sampleCompanies } from './sample-companies.ts';
import { startCompanionProcess } from './start-companion-process.ts';
import { startUpflowSimulator, type UpflowSimulator } from './upflow/start-upflow-simulator.ts';

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
  /** False leaves it to somebody at the console to connect the two simulators. */
  connected: boolean;
  /** How long the sample Accounts may take to get their figures; half a minute if absent. */
  waitForFiguresInMs?: number | undefined;
  pushSecret?: string | undefined;
  apiToken?: string | undefined;
  upflowApiKey?: string | undefined;
  upflowApiSecret?: string | undefined;
}

export interface Demo {
  addresses: {
    companion: string;
    /** Opens the admin console once, within 15 minutes; null where links are switched off. */
    console: string | null;
    upflow: string;
    salesforce: string;
    accountPage: string;
  };
  logFile: string;
  /** False where nothing is connected, or Salesforce was reset: the companion does not write again what it wrote before. */
  hasFigures: boolean;
  stop(): Promise<void>;
}

/**
 * Starts both simulators and the companion between them, and, where they are connected, sends the sample customers through.
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
    if (!options.connected) letAdminConnect(salesforce);

    const upflow = await startUpflowSimulator({
      port: options.upflowPort,
      storeFile: join(dataDirectory, 'upflow.sqlite'),
      apiKey: secrets.upflowApiKey,
      apiSecret: secrets.upflowApiSecret,
    });
    closers.push(() => upflow.close());

    const companion = await startCompanionProcess(logFile, {
      ...settingsFor(options, secrets, { salesforce, upflow }),
      CONNECTIONS_FILE: options.connected ? writeConnections(dataDirectory, secrets, salesforce) : undefined,
    });
    closers.push(companion.stop);
    registerCallback(salesforce, companion.url);
    if (options.connected) await sendAllCustomers(upflow, companion.url, secrets);
    const { accountId, hasFigures } = await findAccount(
      salesforce,
      options.connected ? (options.waitForFiguresInMs ?? 30_000) : 0,
    );
    await built;
    return {
      addresses: {
        companion: companion.url,
        console: companion.consoleLink,
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

function settingsFor(
  { companionPort, databaseUrl, dataDirectory }: DemoOptions,
  { encryptionKeys }: DemoSecrets,
  { salesforce, upflow }: { salesforce: SalesforceSimulator; upflow: UpflowSimulator },
): Record<string, string | undefined> {
  const needsKeys = databaseUrl !== undefined && !process.env.ENCRYPTION_KEYS;
  return {
    PORT: String(companionPort),
    DATA_DIR: dataDirectory,
    DATABASE_URL: databaseUrl,
    ...(needsKeys ? { ENCRYPTION_KEYS: encryptionKeys } : {}),
    SALESFORCE_SIMULATOR_ORIGIN: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: salesforce.clientSecret,
    UPFLOW_SIMULATOR_ORIGIN: upflow.url,
  };
}

/** @returns the file, which only its owner reads */
function writeConnections(
  dataDirectory: string,
  { pushSecret, apiToken }: DemoSecrets,
  { url, clientId, clientSecret }: SalesforceSimulator,
): string {
  const file = join(dataDirectory, 'connections.json');
  const connection = {
    id: DEMO_CONNECTION_ID,
    name: 'Demo',
    pushSecrets: [pushSecret],
    apiTokens: [apiToken],
    salesforce: { host: url, clientId, clientSecret },
    identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
  };
  writeFileSync(file, JSON.stringify({ connections: [connection] }, null, 2), { mode: 0o600 });
  return file;
}

/** Salesforce sends browsers back to addresses only that the app lists. */
function registerCallback({ org, clientId }: SalesforceSimulator, companionUrl: string): void {
  const app = org.apps.find(clientId);
  if (app === null) return;
  const callback = `${process.env.PUBLIC_URL || companionUrl}/v1/salesforce/callback`;
  org.apps.save({ ...app, redirectUris: [...new Set([...app.redirectUris, callback])] });
}

/** Whoever sets the connection up signs in as the admin, and then figures are written as the admin. */
function letAdminConnect({ org }: SalesforceSimulator): void {
  assignPermissionSets(org, 'admin', ['Upflow_Admin', 'Upflow_Integration']);
  org.store.commit();
}

async function sendAllCustomers(
  upflow: UpflowSimulator,
  companionUrl: string,
  { pushSecret }: DemoSecrets,
): Promise<void> {
  upflow.connect(`${companionUrl}/v1/connections/${DEMO_CONNECTION_ID}/pushes`, pushSecret);
  await fetch(`${upflow.url}/_simulator/push`, { method: 'POST' });
}

/**
 * The first sample Account that has a customer, and whether all of those carry their figures.
 *
 * @param waitInMs waits until they do, or this long
 */
async function findAccount(
  { url, org }: SalesforceSimulator,
  waitInMs: number,
): Promise<{ accountId: string; hasFigures: boolean }> {
  let accountId: string | undefined;
  const { accessToken } = org.openSession('admin');
  const query = 'SELECT Id, upflow__Last_Synced__c FROM Account WHERE upflow__Shared_Identifier__c IN ';
  const identifiers = sampleCompanies.flatMap(({ sharedIdentifier }) => sharedIdentifier ?? []);
  const address =
    `${url}/services/data/v66.0/query?q=` +
    encodeURIComponent(`${query}('${identifiers.join("','")}') ORDER BY CreatedDate, Id`);
  for (const end = Date.now() + waitInMs; ;) {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
    const { records } = (await answer.json()) as {
      records: { Id: string; upflow__Last_Synced__c: string | null }[];
    };
    const first = records[0];
    accountId = first?.Id;
    if (first !== undefined && records.every(({ upflow__Last_Synced__c: synced }) => synced !== null))
      return { accountId: first.Id, hasFigures: true };
    if (Date.now() >= end) break;
    await delay(100);
  }
  if (accountId === undefined) throw new Error('none of the sample Accounts is left in Salesforce');
  return { accountId, hasFigures: false };
}
