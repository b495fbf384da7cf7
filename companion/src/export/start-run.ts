import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Connection } from '../connect/connection.ts';
import type { SalesforceClients } from '../connect/salesforce-clients.ts';
import type { Reason } from '../outcome.ts';
import { recordAudit } from '../store/audit.ts';
import { insertRun, tellRun } from '../store/export-runs.ts';
import type { Tables } from '../store/tables.ts';
import { findMappingProblems } from './check-mapping.ts';
import { gatherGrounds } from './gather-grounds.ts';

export type StartedRun = { runId: string } | { refused: Reason };

/**
 * Starts an export of all customers, or of some, that writes every mapped field anew. The first one of a connection
 * turns its export on.
 *
 * @throws what calls to Salesforce throw
 */
export async function startRun(
  services: { db: Kysely<Tables>; clients: SalesforceClients },
  connection: Connection,
  wanted: { kind: 'full' } | { kind: 'selection'; customerIds: readonly string[] },
  actor: string,
): Promise<StartedRun> {
  const refusal =
    refuseStart(connection, wanted.kind) ?? (await refuseMapping(services, connection, wanted.kind));
  if (refusal !== undefined) return { refused: refusal };

  const runId = randomUUID();
  return services.db.transaction().execute(async (trx) => {
    const { id } = connection;
    const total = await insertRun(trx, id, { id: runId, startedBy: actor, ...wanted });
    if (total === undefined) return { refused: ONE_AT_A_TIME };
    if (wanted.kind === 'full') await turnExportOn(trx, id);
    await tellRun(trx, id, runId);
    await recordAudit(trx, {
      connectionId: id,
      actor,
      action: 'export started',
      subject: runId,
      details: { kind: wanted.kind, customers: total },
    });
    return { runId };
  });
}

/** Why a connection cannot be exported as it stands; undefined when it can. */
export function refuseStart(
  { state, salesforce, identifier, exporting }: Connection,
  kind: 'full' | 'selection' | 'check',
): Reason | undefined {
  if (state === 'paused') return refuse('paused', 'The connection is paused.', 'Resume it first.');
  if (state !== 'connected' || salesforce === undefined) {
    return refuse('not-connected', 'The connection is not signed in to Salesforce.', 'Connect it first.');
  }
  if (identifier === undefined) {
    return refuse('no-identifier', 'No shared identifier is chosen.', 'Choose the shared identifier first.');
  }
  if (kind === 'selection' && !exporting) {
    return refuse(
      'not-exporting',
      'The first full export was not started yet.',
      'Start the full export: it writes these customers too.',
    );
  }
  return undefined;
}

async function refuseMapping(
  services: { db: Kysely<Tables>; clients: SalesforceClients },
  connection: Connection,
  kind: 'full' | 'selection',
): Promise<Reason | undefined> {
  if (kind === 'selection') return undefined;
  const problems = findMappingProblems(connection.mapping, await gatherGrounds(services, connection));
  const [first] = problems;
  if (first === undefined) return undefined;
  return refuse(
    'mapping-problems',
    `${problems.length} of the mapped values cannot be written: ${first.problem}`,
    'Mend the export mapping first.',
  );
}

async function turnExportOn(trx: Kysely<Tables>, connectionId: string): Promise<void> {
  const { rows } = await sql`
    update connection set exporting = true, revision = revision + 1
    where connection_id = ${connectionId} and not exporting returning connection_id`.execute(trx);
  if (rows.length === 0) return;
  // From here the run says who is written when.
  await sql`
    update customer set dirty_at = null
    where connection_id = ${connectionId} and dirty_at is not null and lease_id is null`.execute(trx);
}

function refuse(code: string, message: string, action: string): Reason {
  return { code, message, explanation: 'Nothing was started.', action };
}

const ONE_AT_A_TIME = refuse(
  'run-under-way',
  'Another export of all customers is under way.',
  'Wait for its end, or cancel it.',
);
