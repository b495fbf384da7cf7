import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../simulators/salesforce/start-salesforce-simulator.ts';
import { sendPush } from '../../simulators/upflow/send-pushes.ts';
import { createTestDatabase, type TestDatabase } from './create-test-database.ts';
import { newPushSecret } from './sign-push.ts';
import { spawnCompanion, type CompanionProcess } from './spawn-companion.ts';
import type { ApiAnswer } from './start-pipeline.ts';

const API_TOKEN = 'a-token-of-at-least-thirty-two-characters';
const CONNECTION = '/v1/connections/acme';

/** A companion that can be killed: a process of its own, on a database and beside an org that outlive it. */
export interface Killable {
  database: TestDatabase;
  salesforce: SalesforceSimulator;
  /** Starts it, anew after it was killed. */
  start(settings?: Record<string, string>): Promise<void>;
  /** Ends it as a crash or the operating system would. @returns its exit code */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** Sends one push. @returns the status; undefined where no answer came */
  push(push: { id: string; body: string }): Promise<number | undefined>;
  /** Asks the API of the connection. */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Answer>>;
  /** Calls a control of the simulated org. */
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts nothing yet but the org, which has Accounts with the identifiers K-0, K-1 … */
export async function openKillable(accounts: number): Promise<Killable> {
  const secret = newPushSecret();
  const database = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'companion-killed-'));
  const salesforce = await startSalesforceSimulator({});
  let companion: CompanionProcess | undefined;
  const address = () => `${companion?.url}${CONNECTION}`;

  const killable: Killable = {
    database,
    salesforce,
    async start(settings = {}) {
      const file = join(directory, 'connections.json');
      const { url, clientId, clientSecret } = salesforce;
      const connection = {
        id: 'acme',
        pushSecrets: [secret],
        apiTokens: [API_TOKEN],
        salesforce: { host: url, clientId, clientSecret },
        identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
      };
      writeFileSync(file, JSON.stringify({ connections: [connection] }));
      companion = await spawnCompanion({
        ...database.environment,
        CONNECTIONS_FILE: file,
        SALESFORCE_SIMULATOR_ORIGIN: url,
        LOG_LEVEL: 'silent',
        SALESFORCE_TIMEOUT_SECONDS: '10',
        EXPORT_QUIET_MS: '20',
        ...settings,
      });
    },
    kill: async (signal) => (await companion?.kill(signal)) ?? null,
    push: async (push) => (await sendPush(push, { url: `${address()}/pushes`, secret }))?.status,
    async ask<Answer>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Answer>> {
      const answer = await fetch(`${address()}/${path}`, {
        method,
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as Answer };
    },
    async control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const answer = await fetch(`${salesforce.url}/_simulator/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    async close() {
      await companion?.kill('SIGTERM');
      await salesforce.close();
      await database.remove();
      rmSync(directory, { recursive: true });
    },
  };
  await killable.control('POST', 'accounts', {
    records: Array.from({ length: accounts }, (_, index) => ({
      Name: 'A',
      Shared_Identifier__c: `K-${index}`,
    })),
  });
  return killable;
}
