import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { OutgoingPush } from '../../simulators/upflow/send-pushes.ts';
import { startPipeline, type AccountRow, type Pipeline } from '../support/start-pipeline.ts';

const CUSTOMERS = 1000;
const PUSHES_EACH = 10;

/** Of the 200 that a call takes, on a machine too busy to fill each. */
const ROWS_PER_CALL = 60;

/** Besides writes: the describe, and lookups, each for the many customers that came since the one before. */
const MOST_CALLS_BESIDE = CUSTOMERS / 50;

interface Stats {
  apiCalls: number;
  byResource: Record<string, number>;
  rowsWritten: number;
  rowsFailed: number;
}

let pipeline: Pipeline;
beforeEach(async () => {
  // The settings that ship, not the quick ones of the other tests.
  pipeline = await startPipeline({ config: { quietInMs: 300, maxWaitInMs: 2500, partialWaitInMs: 10_000 } });
});
afterEach(() => pipeline.stop());

interface MadePush extends OutgoingPush {
  customerId: string;
  updatedAt: string;
  timestamp: string;
  amountDue: number | null;
}

/** Pushes with few distinct times, so that many of them tie; some delete their customer. */
function makePushes(): MadePush[] {
  return Array.from({ length: CUSTOMERS * PUSHES_EACH }, (_, index) => {
    const customerId = `customer-${index % CUSTOMERS}`;
    const second = (salt: number) => String((index * salt) % 7).padStart(2, '0');
    const updatedAt = `2026-11-22T10:00:${second(31)}.000Z`;
    const timestamp = `2026-11-22T11:00:${second(17)}.000Z`;
    const isDeletion = index % 97 === 0;
    const amountDue = isDeletion ? null : index + 1;
    const data = isDeletion
      ? { id: customerId, updatedAt }
      : { id: customerId, externalId: `E-${index % CUSTOMERS}`, currency: 'USD', amountDue, updatedAt };
    const type = isDeletion ? 'customer.deleted' : 'customer.updated';
    return {
      id: `push-${index}`,
      body: JSON.stringify({ type, timestamp, data }),
      customerId,
      updatedAt,
      timestamp,
      amountDue,
    };
  });
}

/** The model: the newest push of each customer, by update time, then push time, then id. */
function model(pushes: MadePush[]): Map<string, MadePush> {
  const order = ({ updatedAt, timestamp, id }: MadePush) => `${updatedAt} ${timestamp} ${id}`;
  const newest = new Map<string, MadePush>();
  for (const push of pushes) {
    const known = newest.get(push.customerId);
    if (known === undefined || order(push) > order(known)) newest.set(push.customerId, push);
  }
  return newest;
}

async function readFigures(): Promise<Map<string, number | null>> {
  const { records } = await pipeline.control<{ records: AccountRow[] }>('GET', 'accounts');
  return new Map(
    records.flatMap((row) => {
      const number = /^E-(\d+)$/.exec(String(row.upflow__Shared_Identifier__c))?.[1];
      if (number === undefined) return [];
      const amount = (row.upflow__Due_Amount__c ?? null) as number | null;
      return [[`customer-${number}`, amount === null ? null : Math.round(amount * 100)] as const];
    }),
  );
}

const stats = () => pipeline.control<Stats>('GET', 'stats');

test('shuffled and doubled pushes end as the model says, in few calls, and again without any write', async () => {
  await pipeline.seedAccounts(
    Array.from({ length: CUSTOMERS }, (_, index) => ({
      Name: `Account ${index}`,
      Shared_Identifier__c: `E-${index}`,
    })),
  );
  const pushes = makePushes();
  expect(await pipeline.sendAll(pushes, { copies: 2, shuffle: true })).toEqual({
    sent: pushes.length * 2,
    accepted: pushes.length * 2,
    refused: 0,
  });
  const newest = model(pushes);
  for (const { id } of newest.values()) await pipeline.settled(id);

  const expected = new Map([...newest].map(([customerId, { amountDue }]) => [customerId, amountDue]));
  expect(await readFigures()).toEqual(expected);
  const { apiCalls, byResource, rowsWritten, rowsFailed } = await stats();
  const writes = byResource['PATCH /composite/sobjects'] ?? 0;
  expect(rowsFailed).toBe(0);
  expect(rowsWritten).toBeGreaterThanOrEqual(CUSTOMERS * 0.9);
  expect(writes).toBeLessThanOrEqual(rowsWritten / ROWS_PER_CALL);
  expect(apiCalls - writes).toBeLessThanOrEqual(MOST_CALLS_BESIDE);

  await pipeline.sendAll(pushes, { shuffle: true });
  const sameAgain = await pipeline.push('customer.updated', dataOf(newest.get('customer-5')));
  expect((await pipeline.settled(sameAgain)).outcome).toBe('unchanged');
  expect(await stats()).toMatchObject({ apiCalls, rowsWritten });
}, 600_000);

function dataOf(push: MadePush | undefined): unknown {
  return (JSON.parse(push?.body ?? '{}') as { data: unknown }).data;
}
