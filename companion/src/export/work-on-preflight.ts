import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { forPerson } from '../salesforce/call-purpose.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { endPreflight, readPreflight, type PreflightResult } from '../store/preflights.ts';
import type { Tables } from '../store/tables.ts';
import type { KnowledgeContext } from './export-batch.ts';
import { runPreflight } from './run-preflight.ts';

/** Does the preflight that a person asked for, also one that a process left behind when it ended. */
export async function workOnPreflight(
  db: Kysely<Tables>,
  connectionId: string,
  open: () => Promise<KnowledgeContext>,
  log: Logger,
): Promise<void> {
  const preflight = await readPreflight(db, connectionId);
  if (preflight?.state !== 'running') return;
  const result = await forPerson(async () => runPreflight(await open(), preflight.sample)).catch(
    explainFailure,
  );
  await endPreflight(db, connectionId, preflight.id, result);
  const codes = result.failures.map(({ code, count }) => ({ code, count }));
  log.info(
    { tried: result.tried, calls: result.calls, codes, problem: result.reason?.code },
    'preflight done',
  );
}

function explainFailure(error: unknown): PreflightResult {
  return { tried: 0, wouldPass: 0, calls: 0, failures: [], reason: explainCallError(error).reason };
}
