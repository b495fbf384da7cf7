import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../simulators/salesforce/start-salesforce-simulator.ts';
import { sendPush } from '../../simulators/upflow/send-pushes.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { newPushSecret } from '../support/sign-push.ts';
import { spawnCompanion, type CompanionProcess } from '../support/spawn-companion.ts';
import { eventually } from '../support/start-pipeline.ts';

const KILLS = 22;
const CUSTOMERS = 40;
const SENDERS = 8;
const API_TOKEN = 'a-token-of-at-least-thirty-two-characters';

const secret = newPushSecret();
let database: TestDatabase;
let salesforce: SalesforceSimulator;
let directory: string;
let companion: CompanionProcess;
beforeEach(async () => {
  database = await createTestDatabase();
  directory = mkdtempSync(join(tmpdir(), 'companion-kill-'));
  salesforce = await startSalesforceSimulator({});
  await fetch(`${salesforce.url}/_simulator/accounts`, {
    method: 'POST',
    body: JSON.stringify({
      records: Array.from({ length: CUSTOMERS }, (_, index) => ({
        Name: 'A',
        Shared_Identifier__c: `K-${index}`,
      })),
    }),
  });
});
afterEach(async () => {
  await companion.kill('SIGTERM');
  await salesforce.close();
  await database.remove();
  rmSync(directory, { recursive: true });
});

function start(): Promise<CompanionProcess> {
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
  return spawnCompanion({
    ...database.environment,
    CONNECTIONS_FILE: file,
    SALESFORCE_SIMULATOR_ORIGIN: url,
    LOG_LEVEL: 'silent',
    SALESFORCE_TIMEOUT_SECONDS: '5',
    EXPORT_QUIET_MS: '20',
    EXPORT_MAX_WAIT_MS: '200',
    EXPORT_PARTIAL_WAIT_MS: '200',
  });
}

interface Sent {
  id: string;
  number: number;
  customer: number;
}

let clock = 0;
/** Sends one push after the other until the companion is gone. @returns those that were answered 202 */
async function sendUntilGone(isGone: () => boolean): Promise<Sent[]> {
  const accepted: Sent[] = [];
  while (!isGone()) {
    const number = ++clock;
    const customer = number % CUSTOMERS;
    const moment = new Date(Date.parse('2026-11-22T00:00:00Z') + number).toISOString();
    const data = {
      id: `c${customer}`,
      externalId: `K-${customer}`,
      currency: 'USD',
      amountDue: number,
      updatedAt: moment,
    };
    const id = `push-${number}`;
    const body = JSON.stringify({ type: 'customer.updated', timestamp: moment, data });
    const answer = await sendPush(
      { id, body },
      { url: `${companion.url}/v1/connections/acme/pushes`, secret },
    );
    if (answer?.status === 202) accepted.push({ id, number, customer });
  }
  return accepted;
}

async function outcomeOf(id: string): Promise<string> {
  const answer = await fetch(`${companion.url}/v1/connections/acme/pushes/${id}`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  return answer.status === 200
    ? ((await answer.json()) as { outcome: string }).outcome
    : `lost: ${answer.status}`;
}

test(`nothing that was answered 202 is lost when the companion is killed ${KILLS} times while pushes arrive`, async () => {
  const accepted: Sent[] = [];
  for (let round = 0; round < KILLS; round++) {
    companion = await start();
    let isGone = false;
    const senders = Array.from({ length: SENDERS }, () => sendUntilGone(() => isGone));
    // A moment that differs from round to round: at once, within the first commits, in the middle of writing.
    await delay((round * 37) % 400);
    await companion.kill('SIGKILL');
    isGone = true;
    accepted.push(...(await Promise.all(senders)).flat());
  }
  expect(accepted.length).toBeGreaterThan(KILLS);

  companion = await start();
  for (const { id } of accepted) {
    // Another process takes over within 30 seconds what a killed one had begun.
    const outcome = await eventually(
      async () => {
        const found = await outcomeOf(id);
        return found === 'pending' ? undefined : found;
      },
      `push ${id} to end`,
      90,
    );
    expect(['written', 'unchanged', 'superseded']).toContain(outcome);
  }

  const newest = new Map<number, number>();
  for (const { customer, number } of accepted)
    newest.set(customer, Math.max(number, newest.get(customer) ?? 0));
  const answer = await fetch(`${salesforce.url}/_simulator/accounts`);
  const { records } = (await answer.json()) as { records: Record<string, unknown>[] };
  const shown = new Map(
    records.map((row) => [
      row.upflow__Shared_Identifier__c,
      Math.round(Number(row.upflow__Due_Amount__c) * 100),
    ]),
  );
  // A push may have been stored without its answer getting through, so an Account may be ahead, never behind.
  for (const [customer, number] of newest) expect(shown.get(`K-${customer}`)).toBeGreaterThanOrEqual(number);
}, 600_000);

test('a companion that is asked to stop answers what it has begun, and ends with code 0', async () => {
  companion = await start();
  let isGone = false;
  const senders = Array.from({ length: SENDERS }, () => sendUntilGone(() => isGone));
  await delay(200);
  const code = await companion.kill('SIGTERM');
  isGone = true;
  const accepted = (await Promise.all(senders)).flat();
  expect(code).toBe(0);
  expect(accepted.length).toBeGreaterThan(0);

  companion = await start();
  for (const { id } of accepted) expect(await outcomeOf(id)).not.toMatch(/^lost/);
}, 60_000);
