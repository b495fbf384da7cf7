import { expect, test } from '@jest/globals';
import { timeBatch } from '../../src/export/time-batch.ts';

const timing = { quietInMs: 300, maxWaitInMs: 2500, partialWaitInMs: 10_000 };
const at = (ms: number) => new Date(1_000_000 + ms);
const decide = (due: number, oldest: number, newest: number, now: number) =>
  timeBatch(
    { now: at(now), due, oldestDirtyAt: at(oldest), newestChangeAt: at(newest), nextAttemptAt: null },
    timing,
  );

test('a change that comes alone is written after a moment', () => {
  expect(decide(1, 0, 0, 0)).toEqual({ waitInMs: 300 });
  expect(decide(1, 0, 0, 300)).toEqual({ customers: 1000 });
});

test('while changes keep coming, full calls are written after 2.5 seconds and the rest after 10', () => {
  expect(decide(450, 0, 2400, 2400)).toEqual({ waitInMs: 100 });
  expect(decide(450, 0, 2500, 2500)).toEqual({ customers: 400 });
  expect(decide(199, 0, 2500, 2500)).toEqual({ waitInMs: 300 });
  expect(decide(199, 0, 10_000, 10_000)).toEqual({ customers: 1000 });
});

test('a batch is never larger than five calls', () => {
  expect(decide(9999, 0, 2500, 2500)).toEqual({ customers: 1000 });
});

test('without changes there is nothing to wait for', () => {
  const nothing = { now: at(0), due: 0, oldestDirtyAt: null, newestChangeAt: null, nextAttemptAt: null };
  expect(timeBatch(nothing, timing)).toBeUndefined();
});
