import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { runJobs, type JobHandlers } from '../src/run-jobs.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { collectLog } from './support/collect-log.ts';
import { createTestDatabase } from './support/create-test-database.ts';
import { eventually } from './support/start-pipeline.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function openJobs(exportConnection: JobHandlers['exportConnection']) {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { log, lines } = collectLog();
  const nothing = () => Promise.resolve();
  const jobs = await runJobs(
    database,
    {
      exportConnection,
      findConnectionsWithWork: () => Promise.resolve([]),
      keepHouse: nothing,
      rematchUnmatched: nothing,
      matchConnection: nothing,
      findConnectionsToMatch: () => Promise.resolve([]),
      checkAlerts: nothing,
      retrySignIns: nothing,
      sweepUpflow: nothing,
      findConnectionsToSweep: () => Promise.resolve([]),
      importConnection: () => Promise.resolve(),
      findConnectionsToImport: () => Promise.resolve([]),
      addDueImports: () => Promise.resolve(),
      auditDrift: nothing,
      findConnectionsToAudit: () => Promise.resolve([]),
      addDueAudits: nothing,
      eraseCustomers: nothing,
      findConnectionsToErase: () => Promise.resolve([]),
    },
    log,
  );
  close = async () => {
    await jobs.stop();
    await database.close();
    await testDatabase.remove();
  };
  return { jobs, lines, pool: database.pool };
}

test('many runs that all come back at the same moment leave one job for it', async () => {
  const moment = new Date(Date.now() + 60_000);
  let runs = 0;
  const { jobs, pool } = await openJobs(() => {
    runs++;
    return Promise.resolve(moment);
  });
  await eventually(async () => {
    jobs.kick('acme');
    await delay(100);
    return runs >= 5 ? true : undefined;
  }, 'five runs');
  const { rows } = await pool.query<{ count: number }>(
    "select count(*)::int as count from jobs.job where name = 'wake-export'",
  );
  expect(rows[0]?.count).toBe(1);
});

test('an export that fails outside Salesforce is logged', async () => {
  const { jobs, lines } = await openJobs(() => Promise.reject(new TypeError('Nobody foresaw this')));
  jobs.kick('acme');
  const line = await eventually(
    () => Promise.resolve(lines.find((text) => text.includes('export failed'))),
    'the log line',
  );
  expect(line).toContain('Nobody foresaw this');
});
