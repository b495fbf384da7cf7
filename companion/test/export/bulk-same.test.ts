import { afterEach, expect, test } from '@jest/globals';
import {
  BULK,
  countJobs,
  customer,
  deleteAccount,
  MOMENT,
  NO_BULK,
  seed,
  write,
} from '../support/bulk-batches.ts';
import { startPipeline, type AccountRow, type Pipeline } from '../support/start-pipeline.ts';

const opened: Pipeline[] = [];
async function open(bulk: typeof BULK): Promise<Pipeline> {
  const pipeline = await startPipeline({ config: { bulk } });
  opened.push(pipeline);
  return pipeline;
}
afterEach(async () => {
  for (const pipeline of opened.splice(0)) await pipeline.stop();
});

/** The same numbers again and again, so that a failure can be looked at. */
function dice(seedNumber: number): <Value>(values: readonly Value[]) => Value {
  let state = seedNumber;
  return (values) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return values[Math.floor((state / 2_147_483_648) * values.length)] as never;
  };
}

const TEXTS = [
  'Plain',
  ' a "quoted", text ',
  'two\nlines',
  'of\r\nWindows',
  '#N/A',
  '',
  '  ',
  'Čeština, 日本',
  "=1+1;'",
  null,
];
const DAYS = ['2026-02-28', '1999-12-31', null];
const AMOUNTS = [0, 1, 99, -1250, 6_214_025, 100_000_000_007, null];

function randomCustomer(index: number, round: number): Record<string, unknown> {
  const pick = dice(index * 7919 + round * 104_729 + 1);
  return customer(index, round, {
    amountDue: pick(AMOUNTS),
    amountOverdue: pick(AMOUNTS),
    countInvoicesDue: pick([0, 7, 12_345, null]),
    averagePaymentDelay: pick([17.84, -0.05, 0, 3, 1e-7, null]),
    rating: pick(['A', 'C', null]),
    collectionStatus: pick(['ACTIVE', 'PAUSED', null]),
    pausedUntil: pick(DAYS),
    portal: pick([
      {
        url: `https://pay.example/${'p'.repeat(600)}?a=1&b=,"`.replace('"', '%22'),
        expiresAt: '2027-01-21T10:15:30.25Z',
      },
      null,
    ]),
    workflow: pick([...TEXTS.map((name) => ({ name })), { name: 'w'.repeat(300) }]),
    nextAction: { name: pick(TEXTS), dueDate: pick(DAYS) },
  });
}

/** Three rounds of changes with all that may befall a row; what the Accounts and the pushes say in the end. */
async function liveThrough(bulk: typeof BULK) {
  const COUNT = 120;
  const pipeline = await open(bulk);
  const ids = await seed(pipeline, COUNT);
  const ends = [];
  for (const round of [1, 2, 3]) {
    const customers = Array.from({ length: COUNT + 3 }, (_, index) => randomCustomer(index, round));
    if (round === 2) {
      for (const index of [3, 33]) await deleteAccount(pipeline, ids[index] ?? '');
      await pipeline.control('PUT', 'settings', {
        validationRules: [
          {
            name: 'No_C',
            field: 'upflow__Payer_Rating__c',
            whenEquals: 'C',
            message: 'Ask: finance,\n"first".',
          },
        ],
      });
      await pipeline.control('PUT', 'faults', [
        {
          match: { path: '/composite/sobjects|/jobs/ingest' },
          fault: 'rowError',
          accountIds: [ids[4], ids[5]],
          times: 1,
        },
        {
          match: { path: '/composite/sobjects|/jobs/ingest' },
          fault: 'rowError',
          accountIds: [ids[6]],
          statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message: 'AccountTrigger: execution of BeforeUpdate\n\ncaused by: System.X: y --: []',
          fields: ['Name', 'Phone'],
        },
      ]);
    }
    if (round === 3) {
      await pipeline.control('PUT', 'faults', []);
      for (const index of [7, 8]) {
        const updatedAt = new Date(MOMENT + 3 * 60_000 + 1).toISOString();
        await pipeline.settled(await pipeline.push('customer.deleted', { id: `c${index}`, updatedAt }));
      }
    }
    ends.push(
      (await write(pipeline, customers)).customers.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)),
    );
  }
  const { records } = await pipeline.control<{ records: AccountRow[] }>('GET', 'accounts');
  const rows = records.map((record) =>
    Object.fromEntries(
      Object.entries(record).filter(
        ([name]) => !/LastModified|SystemModstamp|CreatedDate|Last_Synced/.test(name),
      ),
    ),
  );
  // Ids tell which org they are of, and each test has another one.
  const numbers = new Map(ids.map((id, index) => [id, `Account ${index}`]));
  const plain = JSON.stringify({ ends, rows })
    .replaceAll(/001\w{15}/g, (id) => numbers.get(id) ?? 'another Account')
    .replaceAll(/"\w+Id":"00[5D]\w+"/g, '"id":"of the org"')
    .replaceAll(/"endedAt":"[^"]+"/g, '"endedAt":"now"');
  return {
    ...(JSON.parse(plain) as { ends: typeof ends; rows: typeof rows }),
    jobs: await countJobs(pipeline),
  };
}

test('whatever befalls a row, it ends by a bulk job as it ends by collections', async () => {
  const byCollections = await liveThrough(NO_BULK);
  const byJobs = await liveThrough(BULK);
  expect(byCollections.jobs).toBe(0);
  expect(byJobs.jobs).toBeGreaterThanOrEqual(3);
  expect(byJobs.ends).toEqual(byCollections.ends);
  expect(byJobs.rows).toEqual(byCollections.rows);
  const outcomes = new Set(
    byJobs.ends.flat().map(({ outcome, reason }) => `${outcome} ${reason?.code ?? ''}`),
  );
  for (const expected of [
    'written ',
    'unmatched no-account',
    'needs attention STRING_TOO_LONG',
    'needs attention FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'needs attention ENTITY_IS_DELETED',
    'needs attention CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'superseded ',
  ]) {
    expect(outcomes).toContain(expected);
  }
}, 60_000);
