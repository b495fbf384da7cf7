import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

const script = join(import.meta.dirname, '../../simulators/start-demo.ts');
const dataDirectory = mkdtempSync(join(tmpdir(), 'companion-empty-demo-'));
const KEYS = { 'x-api-key': 'a key of the test', 'x-api-secret': 'a secret of the test' };

let testDatabase: TestDatabase;
let demo: ChildProcess;
let addresses: { companion: string; console: string | null; upflow: string; salesforce: string };
const printed: string[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { location } = testDatabase;
  demo = spawn(process.execPath, [script, '--empty'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: dataDirectory,
      DATABASE_URL: 'url' in location ? location.url : '',
      PORT: '0',
      UPFLOW_SIMULATOR_PORT: '0',
      SALESFORCE_SIMULATOR_PORT: '0',
      DEMO_UPFLOW_API_KEY: KEYS['x-api-key'],
      DEMO_UPFLOW_API_SECRET: KEYS['x-api-secret'],
    },
  });
  addresses = await readAddresses(demo);
}, 60_000);
afterAll(async () => {
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  demo.kill('SIGTERM');
  await ended;
  await testDatabase.remove();
  rmSync(dataDirectory, { recursive: true });
}, 30_000);

async function readAddresses({ stdout }: ChildProcess): Promise<typeof addresses> {
  if (stdout === null) throw new Error('the demo prints nothing');
  for await (const line of createInterface(stdout)) {
    printed.push(line);
    if (line.startsWith('ready ')) return JSON.parse(line.slice('ready '.length)) as typeof addresses;
  }
  throw new Error('the demo ended without being ready');
}

async function readJson<Body>(url: string, headers: Record<string, string> = {}): Promise<Body> {
  return (await (await fetch(url, { headers })).json()) as Body;
}

test('nothing is connected: no push has been sent and no Account has figures', async () => {
  expect(printed.join('\n')).toContain('with nothing connected yet');
  const stats = await readJson<{ sent: number }>(`${addresses.upflow}/_simulator/stats`);
  expect(stats.sent).toBe(0);
  const { records } = await readJson<{ records: { upflow__Last_Synced__c?: string | null }[] }>(
    `${addresses.salesforce}/_simulator/accounts`,
  );
  expect(records.flatMap((record) => record.upflow__Last_Synced__c ?? [])).toEqual([]);
});

test('Upflow can be called with the keys that were given', async () => {
  const page = await readJson<{ total: number }>(`${addresses.upflow}/v1/customers?limit=1`, KEYS);
  expect(page.total).toBe(25);
});

test('Salesforce knows where to send somebody back to who approved the connection', async () => {
  const apps = await readJson<{ redirectUris: string[] }[]>(`${addresses.salesforce}/_simulator/apps`);
  expect(apps[0]?.redirectUris).toEqual([`${addresses.companion}/v1/salesforce/callback`]);
});

test('what is connected otherwise stays: this demo has a folder of its own', () => {
  expect(statSync(join(dataDirectory, 'empty/demo-secrets.json')).mode & 0o077).toBe(0);
});
