import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../src/config.ts';
import { provisionConnections } from '../../src/connect/provision-connections.ts';
import type { ProvisionedConnection } from '../../src/connect/read-connections-file.ts';
import { createSealer } from '../../src/connect/seal.ts';
import type { Services } from '../../src/services.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { startCompanion, type Companion } from '../../src/start-companion.ts';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../simulators/salesforce/start-salesforce-simulator.ts';
import {
  makePush,
  sendPush,
  sendPushes,
  type OutgoingPush,
  type SendReport,
} from '../../simulators/upflow/send-pushes.ts';
import { collectLog } from './collect-log.ts';
import { createTestDatabase, type TestDatabase } from './create-test-database.ts';
import { makeConfig } from './make-config.ts';
import { newPushSecret } from './sign-push.ts';

const CONNECTION_ID = 'acme';
const API_TOKEN = 'a-token-of-at-least-thirty-two-characters';

export type AccountRow = Record<string, unknown> & { Id: string };

export interface PushStatus {
  outcome: string;
  waiting?: { until: string; reason: { code: string; action: string } };
  customers: {
    customerId: string;
    outcome: string;
    accountId: string | null;
    reason: { code: string; message: string; explanation: string; action: string } | null;
  }[];
}

export interface ApiAnswer<Answer> {
  status: number;
  body: Answer;
}

export interface Pipeline {
  salesforce: SalesforceSimulator;
  logLines: string[];
  /** The parts of the companion as it runs now. */
  services(): Services;
  /** Seeds Accounts; field names may lack the namespace. @returns their ids */
  seedAccounts(records: Record<string, unknown>[]): Promise<string[]>;
  push(type: string, data: unknown, connectionId?: string): Promise<string>;
  sendAll(pushes: OutgoingPush[], how?: { copies?: number; shuffle?: boolean }): Promise<SendReport>;
  readPush(pushId: string): Promise<PushStatus>;
  /** Waits until a push is no longer pending. */
  settled(pushId: string): Promise<PushStatus>;
  /** Waits until a push has this outcome, after it had another. */
  settledAs(pushId: string, outcome: string): Promise<PushStatus>;
  /** Waits until a push says what it waits for. */
  waiting(pushId: string): Promise<NonNullable<PushStatus['waiting']>>;
  retry(pushId: string): Promise<void>;
  /** Calls the admin API of the connection, with its API token. The body of an answer that is no JSON is its text. */
  api<Answer>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Answer>>;
  /** Sends any request to the admin API of the connection, with its API token. */
  request(path: string, how?: RequestInit): Promise<Response>;
  readAccount(id: string): Promise<AccountRow>;
  /**
   * What the admin API answers, with the path after `/v1/connections/`, as `acme/mapping`. A refusal is answered with
   * a problem document, whose `status` says so.
   */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sets the cap of API calls of a connection, as its admin would. */
  setCap(connectionId: string, apiCallCap: number): Promise<void>;
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Stops the companion and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface PipelineOptions {
  /** Further connections to the same org, after `acme`. */
  alsoConnections?: string[];
  /** Those of the connections whose first full export nobody has started. */
  notExporting?: string[];
  identifier?: ProvisionedConnection['identifier'];
  config?: Partial<Config>;
}

/** The whole way of a push in one process: the companion, a Salesforce simulator, and somebody who sends. */
export async function startPipeline(options: PipelineOptions = {}): Promise<Pipeline> {
  const testDatabase = await createTestDatabase();
  const salesforce = await startSalesforceSimulator({});
  const secret = newPushSecret();
  const { log, lines } = collectLog();
  const config = configFor(testDatabase, salesforce, secret, options);
  await holdExports(config, options.notExporting ?? []);
  let companion: Companion = await startCompanion(config, log);

  const connectionUrl = (connectionId = CONNECTION_ID) =>
    `${companion.url}/v1/connections/${connectionId}/pushes`;
  const authorization = { authorization: `Bearer ${API_TOKEN}` };

  function request(path: string, { headers, ...how }: RequestInit = {}): Promise<Response> {
    return fetch(`${companion.url}/v1/connections/${CONNECTION_ID}/${path}`, {
      ...how,
      headers: { ...authorization, ...(headers as Record<string, string> | undefined) },
    });
  }

  async function api<Answer>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Answer>> {
    const answer = await request(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as Answer };
  }

  async function readPush(pushId: string): Promise<PushStatus> {
    const answer = await fetch(`${connectionUrl()}/${pushId}`, { headers: authorization });
    if (answer.status !== 200) throw new Error(`push ${pushId}: ${answer.status}`);
    return (await answer.json()) as PushStatus;
  }

  async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${salesforce.url}/_simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  return {
    salesforce,
    logLines: lines,
    services: () => companion.services,
    control,
    api,
    request,
    seedAccounts: async (records) =>
      (await control<{ created: string[] }>('POST', 'accounts', { records })).created,
    async ask<Answer>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${companion.url}/v1/connections/${path}`, {
        method,
        headers: { ...authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Answer;
    },
    async setCap(connectionId, apiCallCap) {
      await companion.services.database.db
        .updateTable('connection')
        .set(({ eb }) => ({ api_call_cap: apiCallCap, revision: eb('revision', '+', 1) }))
        .where('connection_id', '=', connectionId)
        .execute();
      companion.services.directory.forget(connectionId);
      companion.services.kick(connectionId);
    },
    async push(type, data, connectionId) {
      const push = makePush(type, data);
      const answer = await sendPush(push, { url: connectionUrl(connectionId), secret });
      if (answer?.status !== 202) throw new Error(`push refused: ${answer?.status} ${await answer?.text()}`);
      return push.id;
    },
    sendAll: (pushes, how) => sendPushes(pushes, { url: connectionUrl(), secret, ...how }),
    readPush,
    settled: (pushId) =>
      eventually(async () => {
        const push = await readPush(pushId);
        return push.outcome === 'pending' ? undefined : push;
      }, `push ${pushId} to end`),
    settledAs: (pushId, outcome) =>
      eventually(async () => {
        const push = await readPush(pushId);
        return push.outcome === outcome ? push : undefined;
      }, `push ${pushId} to end ${outcome}`),
    waiting: (pushId) => eventually(async () => (await readPush(pushId)).waiting, `push ${pushId} to wait`),
    async retry(pushId) {
      await fetch(`${connectionUrl()}/${pushId}/retry`, { method: 'POST', headers: authorization });
    },
    async readAccount(id) {
      const { accessToken } = salesforce.org.openSession('admin');
      const answer = await fetch(`${salesforce.url}/services/data/v66.0/sobjects/Account/${id}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return (await answer.json()) as AccountRow;
    },
    async restart() {
      await companion.stop();
      companion = await startCompanion(config, log);
    },
    async stop() {
      await companion.stop();
      await salesforce.close();
      await testDatabase.remove();
    },
  };
}

function configFor(
  testDatabase: TestDatabase,
  { url, clientId, clientSecret }: SalesforceSimulator,
  secret: string,
  { identifier, config, alsoConnections = [] }: PipelineOptions,
): Config {
  const provisioned = [CONNECTION_ID, ...alsoConnections].map((id): ProvisionedConnection => ({
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    pushSecrets: [secret],
    apiTokens: [API_TOKEN],
    salesforce: { origin: url, clientId, clientSecret },
    identifier: identifier ?? { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
  }));
  return makeConfig(testDatabase, { simulatorOrigin: url, provisioned, ...config });
}

/** Provisioned connections export at once; these are as they are before an admin starts their first export. */
async function holdExports({ database: location, sealingKeys, provisioned }: Config, ids: string[]) {
  const [key, ...older] = sealingKeys;
  if (ids.length === 0 || key === undefined) return;
  const database = await openDatabase(location);
  const { db } = database;
  await provisionConnections(db, createSealer([key, ...older]), provisioned);
  await db.updateTable('connection').set({ exporting: false }).where('connection_id', 'in', ids).execute();
  await database.close();
}

/** Asks again and again until there is an answer. @throws when there is none in time */
export async function eventually<Answer>(
  ask: () => Promise<Answer | undefined>,
  what: string,
  seconds = 20,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} seconds in vain for ${what}`);
    await delay(20);
  }
}
