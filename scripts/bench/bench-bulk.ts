// Prints what a first full export takes by bulk jobs, and beside it by collections: seconds, API calls, memory, and the
// longest wait of a push meanwhile. BENCH_CUSTOMERS sets another number than 20,000; DATABASE_URL another database.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../companion/src/config.ts';
import { openLog } from '../../companion/src/open-log.ts';
import { startCompanion } from '../../companion/src/start-companion.ts';
import { startSalesforceSimulator } from '../../companion/simulators/salesforce/start-salesforce-simulator.ts';
import { makePush, sendPush } from '../../companion/simulators/upflow/send-pushes.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 20_000);
const API_TOKEN = randomBytes(32).toString('base64url');
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
/** What a call and a row take in the org, by either way. */
const COSTS = { latencyMs: 100, perRowMs: 1, bulkRowMs: 1 };

interface Org {
  url: string;
  clientId: string;
  clientSecret: string;
}
interface Stats {
  apiCalls: number;
  byResource: Record<string, number>;
}

if (process.env.BENCH_ROLE === 'org') {
  const { url, clientId, clientSecret } = await startSalesforceSimulator({});
  process.send?.({ url, clientId, clientSecret });
} else {
  console.log(`${CUSTOMERS} customers, first full export; ${JSON.stringify(COSTS)}`);
  await measure('collections', 1_000_000_000);
  await measure('bulk jobs', 2000);
  process.exit();
}

async function measure(way: string, above: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'companion-bench-'));
  const child = fork(new URL(import.meta.url), { env: { ...process.env, BENCH_ROLE: 'org' } });
  const org = await new Promise<Org>((resolve) =>
    child.once('message', (message) => resolve(message as Org)),
  );
  const config = readConfig({
    PORT: '0',
    DATA_DIR: directory,
    DATABASE_URL: process.env.DATABASE_URL,
    ENCRYPTION_KEYS: process.env.DATABASE_URL && `bench:${randomBytes(32).toString('base64')}`,
    SALESFORCE_SIMULATOR_ORIGIN: org.url,
    EXPORT_BULK_ABOVE: String(above),
  });
  const id = `bench-${randomBytes(4).toString('hex')}`;
  const companion = await startCompanion(
    {
      ...config,
      provisioned: [
        {
          id,
          name: 'Bench',
          pushSecrets: [SECRET],
          apiTokens: [API_TOKEN],
          salesforce: { origin: org.url, clientId: org.clientId, clientSecret: org.clientSecret },
          identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
        },
      ],
    },
    openLog('silent'),
  );
  try {
    const { db } = companion.services.database;
    await db.updateTable('connection').set({ exporting: false, api_call_cap: 100_000 }).execute();
    companion.services.directory.forget(id);
    await fill(org.url, `${companion.url}/v1/connections/${id}/pushes`);
    const isFolded = async () => {
      const rows = await db
        .selectFrom('customer')
        .select('customer_id')
        .where('connection_id', '=', id)
        .execute();
      return rows.length === CUSTOMERS;
    };
    while (!(await isFolded())) await delay(500);
    await control(org.url, 'PUT', 'settings', COSTS);
    const before = await control<Stats>(org.url, 'GET', 'stats');
    const ask = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
      const answer = await fetch(`${companion.url}/v1/connections/${id}/${path}`, {
        method,
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Answer;
    };
    const started = performance.now();
    const { id: runId } = await ask<{ id: string }>('POST', 'exports', { kind: 'full' });
    let peakRss = 0;
    let longestWait = 0;
    for (let number = 0; ; number++) {
      const { state, counts } = await ask<{ state: string; counts: object }>('GET', `exports/${runId}`);
      const asked = performance.now();
      await push(`${companion.url}/v1/connections/${id}/pushes`, [{ id: `news-${number}` }]);
      longestWait = Math.max(longestWait, performance.now() - asked);
      peakRss = Math.max(peakRss, process.memoryUsage.rss());
      if (state === 'done') {
        const seconds = (performance.now() - started) / 1000;
        const after = await control<Stats>(org.url, 'GET', 'stats');
        console.log(
          `${way}: ${seconds.toFixed(1)} s, ${after.apiCalls - before.apiCalls} API calls, ` +
            `${Math.round(peakRss / 2 ** 20)} MB, a push waited ${Math.round(longestWait)} ms at most; ${JSON.stringify(counts)}`,
        );
        console.log(`  ${JSON.stringify(callsBetween(before, after))}`);
        return;
      }
      await delay(200);
    }
  } finally {
    await companion.stop();
    child.disconnect();
    child.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

function callsBetween(before: Stats, after: Stats): Record<string, number> {
  const counts = Object.entries(after.byResource).map(([name, calls]): [string, number] => [
    name,
    calls - (before.byResource[name] ?? 0),
  ]);
  return Object.fromEntries(counts.filter(([, calls]) => calls > 0));
}

async function fill(orgUrl: string, pushUrl: string): Promise<void> {
  for (let start = 0; start < CUSTOMERS; start += 500) {
    const numbers = Array.from({ length: Math.min(500, CUSTOMERS - start) }, (_, index) => start + index);
    await control(orgUrl, 'POST', 'accounts', {
      records: numbers.map((number) => ({ Name: `Account ${number}`, Shared_Identifier__c: `B-${number}` })),
    });
    await push(
      pushUrl,
      numbers.map((number) => ({
        id: `c${String(number).padStart(6, '0')}`,
        externalId: `B-${number}`,
        currency: 'USD',
        amountDue: number,
        amountOverdue: number * 2,
        rating: 'B',
        directUrl: `https://app.upflow.io/customers/${number}`,
        portal: {
          url: `https://pay.upflow.io/${'p'.repeat(300)}${number}`,
          expiresAt: '2027-01-21T10:15:30Z',
        },
        oldestOverdueDueDate: '2026-08-14',
        workflow: { name: 'Enterprise' },
      })),
    );
  }
}

async function push(url: string, customers: object[]): Promise<void> {
  const answer = await sendPush(makePush('customers.updated', { customers }), { url, secret: SECRET });
  if (answer?.status !== 202) throw new Error(`push refused: ${answer?.status}`);
}

async function control<Answer>(url: string, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${url}/_simulator/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Answer;
}
