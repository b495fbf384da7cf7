import type { Kysely } from 'kysely';
import { mayExport, type ExportingConnection } from '../connect/connection.ts';
import { resolveTargets } from '../export/map-values.ts';
import type { Reason } from '../outcome.ts';
import { describeAccount } from '../salesforce/describe-account.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import type { Services } from '../services.ts';
import { beginAudit, endAudit, type DriftAudit } from '../store/drift-audits.ts';
import { countLinked, deleteDriftRows } from '../store/drift-rows.ts';
import { findOpenRun } from '../store/export-runs.ts';
import type { Tables } from '../store/tables.ts';
import { AuditLost, compareAll } from './compare-all.ts';
import { estimateCalls } from './estimate-calls.ts';
import { MOST_PLAIN_ACCOUNTS } from './read-shown.ts';

/** An audit that was begun so often and never came to its end is given up. */
const MOST_ATTEMPTS = 5;

/** Runs the audit that a connection waits for, if there is one. One process at a time does it. */
export async function runAudit(
  services: Services,
  connectionId: string,
  signal: AbortSignal,
  mostPlain = MOST_PLAIN_ACCOUNTS,
): Promise<void> {
  const { db } = services.database;
  const audit = await beginAudit(db, connectionId);
  if (audit === undefined) return;
  if (audit.attempt > MOST_ATTEMPTS) return endAudit(db, connectionId, audit, 'failed', GIVEN_UP);
  const log = services.log.child({ connectionId, auditId: audit.id });
  try {
    // What a process kept that was killed in the middle is not known to be complete.
    await deleteDriftRows(db, connectionId, audit.id);
    const refusal = await audited(services, audit, { connectionId, mostPlain }, signal);
    await endAudit(db, connectionId, audit, refusal === undefined ? 'done' : 'refused', refusal ?? null);
    log.info({ code: refusal?.code ?? 'done' }, 'drift audit ended');
  } catch (error) {
    // Another process has it, or this one stops: it is begun anew.
    if (error instanceof AuditLost || signal.aborted) return;
    const { reason } = explainCallError(error);
    if (reason.code === 'unexpected') log.error({ err: error }, 'drift audit failed');
    else log.warn({ code: reason.code }, 'drift audit failed');
    await endAudit(db, connectionId, audit, 'failed', reason);
  }
}

/** @returns why it was not begun */
async function audited(
  services: Services,
  audit: DriftAudit,
  { connectionId, mostPlain }: { connectionId: string; mostPlain: number },
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const { database, directory, clients, budget } = services;
  const { db } = database;
  const connection = await directory.find(connectionId);
  const refusal = await refuseAudit(db, connection, connectionId);
  if (refusal !== undefined) return refusal;
  const ready = connection as ExportingConnection;

  const total = await countLinked(db, connectionId, audit.ofAudit);
  const { left, cap, moreAt } = await budget.read(ready);
  const needed = estimateCalls(total, mostPlain);
  if (left < needed) return tooFewCalls(needed, left, cap, moreAt);

  const client = countingCalls(clients.of(ready));
  const description = await client.call(describeAccount);
  const targets = resolveTargets(ready.mapping, description);
  await compareAll(
    {
      db,
      directory,
      client,
      connection: ready,
      audit,
      total,
      description,
      targets,
      mostPlain,
      calls: () => client.made,
    },
    signal,
  );
  return undefined;
}

/** Why a connection cannot be audited as it stands; undefined when it can. */
export async function refuseAudit(
  db: Kysely<Tables>,
  connection: Parameters<typeof mayExport>[0] | undefined,
  connectionId: string,
): Promise<Reason | undefined> {
  if (connection === undefined || !mayExport(connection)) {
    return refuse(
      'not-exporting',
      'The connection does not write to Salesforce now.',
      'Connect it, or resume it, and start the first full export; then audit again.',
    );
  }
  // It goes through the customers in slices: what it did not come to yet is no drift.
  if ((await findOpenRun(db, connectionId)) === undefined) return undefined;
  return refuse(
    'run-under-way',
    'An export of all customers is under way.',
    'Wait for its end, then audit again: until then Accounts differ because they are being written.',
  );
}

function tooFewCalls(needed: number, left: number, cap: number | null, moreAt: Date | null): Reason {
  const when = moreAt === null ? '' : ` More may be made from ${moreAt.toISOString()} on.`;
  return refuse(
    'too-few-calls',
    `The audit takes about ${needed} API calls, and ${left} of the ${cap ?? 0} in 24 hours are left.${when}`,
    'Raise the cap of API calls of this connection, or audit again later.',
  );
}

function refuse(code: string, message: string, action: string): Reason {
  return { code, message, explanation: 'The audit was not begun.', action };
}

const GIVEN_UP: Reason = refuse(
  'given-up',
  `The audit was cut off ${MOST_ATTEMPTS} times before it came to its end.`,
  'See in the log of the companion why it is restarted so often, then audit again.',
);

/** Counts the calls that an audit makes, so that people see what it costs. */
function countingCalls(client: SalesforceClient): SalesforceClient & { readonly made: number } {
  let made = 0;
  return {
    ...client,
    call: (work) =>
      client.call((calls) => {
        made++;
        return work(calls);
      }),
    get made() {
      return made;
    },
  };
}
