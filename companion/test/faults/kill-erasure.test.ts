import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makePush } from '../../simulators/upflow/send-pushes.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { findTexts } from '../support/dump-database.ts';
import { openKillable, type Killable } from '../support/open-killable.ts';
import { eventually } from '../support/start-pipeline.ts';

/** One customer is erased, and the process killed, in each round. */
const ROUNDS = 4;
const CUSTOMERS = 12;

let acme: Killable;
beforeEach(async () => {
  acme = await openKillable(CUSTOMERS);
});
afterEach(() => acme.close());

interface Listed {
  rows: { state: string; drifted: number }[];
}
interface AccountRow {
  upflow__Shared_Identifier__c: string | null;
  upflow__Due_Amount__c: number | null;
}
const nameOf = (index: number) => `Canaryname${index} Ltd`;
const idOf = (index: number) => `canary-id-${index}-end`;

async function pushAll(amountDue: number): Promise<string> {
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: idOf(index),
    externalId: `K-${index}`,
    name: nameOf(index),
    currency: 'USD',
    amountDue,
    updatedAt: new Date(Date.parse('2026-11-22T00:00:00Z') + amountDue).toISOString(),
  }));
  const push = makePush('customers.updated', { customers });
  expect(await acme.push(push)).toBe(202);
  return push.id;
}

const ended = (path: string, what: string, isEnded: (listed: Listed) => boolean) =>
  eventually(
    async () => {
      const { body } = await acme.ask<Listed>('GET', path);
      return isEnded(body) ? body : undefined;
    },
    what,
    100,
  );

test(`erasures and drift audits that are cut off by ${ROUNDS} kills come to their end, and leave nothing behind`, async () => {
  await acme.start();
  const first = await pushAll(1000);
  await eventually(
    async () => {
      const { body } = await acme.ask<{ outcome: string }>('GET', `pushes/${first}`);
      return body.outcome === 'written' ? true : undefined;
    },
    'the figures to be written',
    60,
  );
  await acme.control('PUT', 'settings', { perRowMs: 20 });
  for (let round = 0; round < ROUNDS; round++) {
    await pushAll(2000 + round);
    const erasure = await acme.ask('POST', `customers/${idOf(round)}/erase`, { confirm: idOf(round) });
    expect(erasure.status).toBe(202);
    await acme.ask('POST', 'drift-audits', {});
    await delay(round * 60);
    await acme.kill('SIGKILL');
    await acme.start();
  }
  await acme.control('PUT', 'settings', { perRowMs: 0 });
  await ended('erasures', 'all erasures', ({ rows }) => rows.every(({ state }) => state === 'done'));
  await ended('drift-audits', 'the audits', ({ rows }) => rows.every(({ state }) => state !== 'running'));
  await acme.ask('POST', 'drift-audits', {});
  const { rows } = await ended('drift-audits', 'an audit', (listed) => listed.rows[0]?.state === 'done');
  expect(rows[0]?.drifted).toBe(0);

  const { records } = await acme.control<{ records: AccountRow[] }>('GET', 'accounts');
  const shown = records.filter((row) => row.upflow__Shared_Identifier__c?.startsWith('K-'));
  const blank = shown.filter((row) => row.upflow__Due_Amount__c == null);
  expect(blank.map((row) => row.upflow__Shared_Identifier__c).toSorted()).toEqual(
    Array.from({ length: ROUNDS }, (_, round) => `K-${round}`),
  );

  await acme.kill('SIGTERM');
  const database = await openDatabase(acme.database.location);
  const erased = Array.from({ length: ROUNDS }, (_, round) => [nameOf(round), idOf(round)]).flat();
  const found = await findTexts(database.db, erased);
  const kept = await findTexts(database.db, [nameOf(ROUNDS)]);
  await database.close();
  expect(found).toEqual([]);
  expect(kept).toContain(`customer: ${nameOf(ROUNDS)}`);
}, 240_000);
