import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openKillable, type Killable } from '../support/open-killable.ts';
import { eventually } from '../support/start-pipeline.ts';

const KILLS = 22;
const CUSTOMERS = 40;
const SENDERS = 8;

let acme: Killable;
beforeEach(async () => {
  acme = await openKillable(CUSTOMERS);
});
afterEach(() => acme.close());

const start = () =>
  acme.start({
    SALESFORCE_TIMEOUT_SECONDS: '5',
    EXPORT_MAX_WAIT_MS: '200',
    EXPORT_PARTIAL_WAIT_MS: '200',
  });

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
    if ((await acme.push({ id, body })) === 202) accepted.push({ id, number, customer });
  }
  return accepted;
}

async function outcomeOf(id: string): Promise<string> {
  const { status, body } = await acme.ask<{ outcome: string }>('GET', `pushes/${id}`);
  return status === 200 ? body.outcome : `lost: ${status}`;
}

test(`nothing that was answered 202 is lost when the companion is killed ${KILLS} times while pushes arrive`, async () => {
  const accepted: Sent[] = [];
  for (let round = 0; round < KILLS; round++) {
    await start();
    let isGone = false;
    const senders = Array.from({ length: SENDERS }, () => sendUntilGone(() => isGone));
    // A moment that differs from round to round: at once, within the first commits, in the middle of writing.
    await delay((round * 37) % 400);
    await acme.kill('SIGKILL');
    isGone = true;
    accepted.push(...(await Promise.all(senders)).flat());
  }
  expect(accepted.length).toBeGreaterThan(KILLS);

  await start();
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
  const { records } = await acme.control<{ records: Record<string, unknown>[] }>('GET', 'accounts');
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
  await start();
  let isGone = false;
  const senders = Array.from({ length: SENDERS }, () => sendUntilGone(() => isGone));
  await delay(200);
  const code = await acme.kill('SIGTERM');
  isGone = true;
  const accepted = (await Promise.all(senders)).flat();
  expect(code).toBe(0);
  expect(accepted.length).toBeGreaterThan(0);

  await start();
  for (const { id } of accepted) expect(await outcomeOf(id)).not.toMatch(/^lost/);
}, 60_000);
