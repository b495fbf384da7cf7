import { randomUUID } from 'node:crypto';
import { refuseStart } from '../export/start-run.ts';
import type { Connection } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import { recordAudit } from '../store/audit.ts';
import { markRepaired } from '../store/drift-rows.ts';
import { insertRun } from '../store/export-runs.ts';
import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

export type StartedRepair = { runId: string; customers: number } | { refused: Reason };

/**
 * Has drifted fields written anew, of all Accounts that an audit found or of some customers: an export run of just
 * these customers, that takes for unwritten just these fields.
 */
export async function repairDrift(
  db: Kysely<Tables>,
  connection: Connection,
  auditId: string,
  customerIds: readonly string[] | undefined,
  actor: string,
): Promise<StartedRepair> {
  const refusal = refuseStart(connection, 'selection');
  if (refusal !== undefined) return { refused: refusal };
  const runId = randomUUID();
  return db.transaction().execute(async (trx) => {
    const { id } = connection;
    const customers = await markRepaired(trx, id, auditId, runId, customerIds);
    if (customers.length === 0) return { refused: NOTHING };
    await insertRun(trx, id, {
      id: runId,
      kind: 'selection',
      startedBy: actor,
      customerIds: customers,
      forgetFields: [],
    });
    await recordAudit(trx, {
      connectionId: id,
      actor,
      action: 'drift repair started',
      subject: auditId,
      details: { runId, customers: customers.length },
    });
    return { runId, customers: customers.length };
  });
}

const NOTHING: Reason = {
  code: 'nothing-to-repair',
  message: 'The audit found no drift on the Accounts of these customers.',
  explanation: 'Nothing was started.',
  action: 'Choose rows of this audit, or audit again.',
};
