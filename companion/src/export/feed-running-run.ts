import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { feedRun, findRunningRun, finishRun, tellRun } from '../store/export-runs.ts';
import type { Tables } from '../store/tables.ts';
import { endBlanking } from './change-mapping.ts';
import { CUSTOMERS_PER_BATCH } from './time-batch.ts';

/**
 * Gives the export the next customers of the run that somebody started, a slice at a time: news of other customers
 * never waits behind more than a batch of it. What a run has done and where it stands is in the tables, so that it
 * goes on where it was after a stop of any kind.
 */
export async function feedRunningRun(
  db: Kysely<Tables>,
  connectionId: string,
  log: Logger,
  customersInSlice = CUSTOMERS_PER_BATCH,
): Promise<void> {
  const run = await findRunningRun(db, connectionId);
  if (run === undefined || run.outstanding > customersInSlice / 2) return;
  const fed = await feedRun(db, connectionId, run.id, customersInSlice);
  if (fed > 0 || run.outstanding > 0) return;
  const isDone = await db.transaction().execute(async (trx) => {
    if (!(await finishRun(trx, connectionId, run.id))) return false;
    await tellRun(trx, connectionId, run.id);
    if (run.kind !== 'selection') await endBlanking(trx, connectionId);
    return true;
  });
  if (isDone) log.info({ runId: run.id, kind: run.kind }, 'export run done');
}
