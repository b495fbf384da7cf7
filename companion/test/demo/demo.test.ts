import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../../simulators/run-demo.ts';
import { sampleCompanies } from '../../simulators/sample-companies.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { eventually } from '../support/start-pipeline.ts';

const run = promisify(execFile);
const dataDirectory = mkdtempSync(join(tmpdir(), 'companion-demo-'));
let testDatabase: TestDatabase;
const start = (how: { waitForFiguresInMs?: number } = {}) =>
  startDemo({
    ...how,
    dataDirectory,
    companionPort: 0,
    upflowPort: 0,
    salesforcePort: 0,
    connected: true,
    databaseUrl: 'url' in testDatabase.location ? testDatabase.location.url : undefined,
  });

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  [demo, browser] = await Promise.all([start(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
  await testDatabase.remove();
  rmSync(dataDirectory, { recursive: true });
});

interface Account {
  Name: string;
  upflow__Shared_Identifier__c?: string;
  upflow__Overdue_Amount__c?: number;
}
interface Customer {
  id: string;
  externalId: string;
  amountOverdue: number;
}

async function readJson<Body>(url: string, init?: RequestInit): Promise<Body> {
  return (await (await fetch(url, init)).json()) as Body;
}
const readCustomers = () => readJson<Customer[]>(`${demo.addresses.upflow}/_simulator/customers`);
const readAccounts = () =>
  readJson<{ records: Account[] }>(`${demo.addresses.salesforce}/_simulator/accounts`).then(
    ({ records }) => records,
  );

async function openAccountPage(): Promise<Page> {
  const page = await (await openContext(browser)).newPage();
  await page.goto(demo.addresses.accountPage);
  return page;
}

test('every sample Account that has a customer carries its figures once the demo is ready', async () => {
  const customers = new Map((await readCustomers()).map((customer) => [customer.externalId, customer]));
  const accounts = await readAccounts();
  expect(customers.size).toBe(25);
  expect(accounts).toHaveLength(sampleCompanies.length);
  for (const { upflow__Shared_Identifier__c: identifier, upflow__Overdue_Amount__c: overdue } of accounts) {
    const expected = identifier == null ? undefined : customers.get(identifier)?.amountOverdue;
    expect(overdue ?? undefined).toBe(expected === undefined ? undefined : expected / 100);
  }
});

test('the Account page shows them, and a change in Upflow is there after a refresh within five seconds', async () => {
  const page = await openAccountPage();
  await page.getByText('Edge Communications').first().waitFor();
  const [edge] = (await readCustomers()).filter(({ externalId }) => externalId === '285');
  await page
    .getByText(dollars(edge?.amountOverdue ?? 0))
    .first()
    .waitFor();

  const changedAt = Date.now();
  await fetch(`${demo.addresses.upflow}/_simulator/customers`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ id: edge?.id, amountOverdue: 12_345_678 }]),
  });
  const refresh = page.getByRole('button', { name: 'Refresh' });
  await eventually(async () => {
    await refresh.click();
    return (await page.getByText('$123,456.78').count()) > 0 || undefined;
  }, 'the new amount on the page');
  expect(Date.now() - changedAt).toBeLessThan(5000);
  await page.close();
}, 60_000);

test('a second start is ready again with its data kept', async () => {
  const [edge] = (await readCustomers()).filter(({ externalId }) => externalId === '285');
  await demo.stop();
  demo = await start();
  expect(await readCustomers()).toContainEqual(edge);
  const account = (await readAccounts()).find((row) => row.upflow__Shared_Identifier__c === '285');
  expect(account?.upflow__Overdue_Amount__c).toBe((edge?.amountOverdue ?? 0) / 100);
}, 60_000);

test('secrets are made at the first start, for the eyes of their owner only', () => {
  for (const file of ['demo-secrets.json', 'connections.json']) {
    expect(statSync(join(dataDirectory, file)).mode & 0o077).toBe(0);
  }
});

test('a push from a file is signed, sent, and shown on the Account', async () => {
  const script = join(import.meta.dirname, '../../simulators/push-file.ts');
  const example = join(import.meta.dirname, '../../../docs/examples/customer-updated.json');
  const { stdout } = await run(process.execPath, [script, example, '--url', demo.addresses.companion], {
    env: { ...process.env, DATA_DIR: dataDirectory },
  });
  expect(stdout).toMatch(/^202 /);
  const shown = await eventually(async () => {
    const account = (await readAccounts()).find((row) => row.upflow__Shared_Identifier__c === '285');
    return account?.upflow__Overdue_Amount__c === 62_140.25 || undefined;
  }, 'the figures from the file');
  expect(shown).toBe(true);
}, 30_000);

function dollars(minor: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(minor / 100);
}

test('the demo starts again after Salesforce alone was reset, and knows that figures are missing', async () => {
  expect(demo.hasFigures).toBe(true);
  await fetch(`${demo.addresses.salesforce}/_simulator/reset`, { method: 'POST' });
  await demo.stop();
  demo = await start({ waitForFiguresInMs: 1000 });
  expect(demo.hasFigures).toBe(false);
}, 60_000);
