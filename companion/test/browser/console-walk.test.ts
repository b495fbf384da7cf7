import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../../simulators/run-demo.ts';
import { consoleSteps } from '../support/console-walk/console-steps.ts';
import { openWalk, type Walk, type WalkStep } from '../support/console-walk/walk.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';

const FIVE_MINUTES_IN_MS = 300_000;

const dataDirectory = mkdtempSync(join(tmpdir(), 'companion-walk-'));
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  const ports = { companionPort: 0, upflowPort: 0, salesforcePort: 0 };
  [demo, browser] = await Promise.all([
    startDemo({ dataDirectory, ...ports, connected: false }),
    launchBrowser(),
  ]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
  rmSync(dataDirectory, { recursive: true });
}, 30_000);

async function take(step: WalkStep, walk: Walk): Promise<void> {
  try {
    await step.go(walk);
    await step.next?.(walk).waitFor();
  } catch (error) {
    const page = walk[step.tab ?? 'console'];
    const shown = (await page.locator('main').last().innerText()).slice(0, 3000);
    throw new Error(`${step.name}, at ${page.url()}, where this is shown:\n${shown}`, { cause: error });
  }
}

async function readOverdue(): Promise<{ upflow: Map<string, number>; salesforce: Map<string, number> }> {
  const read = async <Body>(url: string) => (await (await fetch(url)).json()) as Body;
  const customers = await read<{ externalId: string; amountOverdue: number }[]>(
    `${demo.addresses.upflow}/_simulator/customers`,
  );
  const { records } = await read<{
    records: { upflow__Shared_Identifier__c: string | null; upflow__Overdue_Amount__c: number }[];
  }>(`${demo.addresses.salesforce}/_simulator/accounts`);
  return {
    upflow: new Map(customers.map(({ externalId, amountOverdue }) => [externalId, amountOverdue / 100])),
    salesforce: new Map(
      records.flatMap(({ upflow__Shared_Identifier__c: identifier, upflow__Overdue_Amount__c: overdue }) =>
        identifier == null ? [] : [[identifier, overdue]],
      ),
    ),
  };
}

test(
  'a new user comes from the link to figures on Accounts in under five minutes, told at each step what is next',
  async () => {
    const walk = await openWalk(await openContext(browser, { viewport: { width: 1366, height: 900 } }), demo);
    const startedAt = Date.now();
    for (const step of consoleSteps) await take(step, walk);
    expect(Date.now() - startedAt).toBeLessThan(FIVE_MINUTES_IN_MS);

    const { upflow, salesforce } = await readOverdue();
    expect(upflow.size).toBe(25);
    expect(salesforce).toEqual(upflow);
  },
  FIVE_MINUTES_IN_MS,
);
