import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { CallBudget } from '../connect/call-budget.ts';
import type { ConnectionDirectory } from '../connect/connection-directory.ts';
import { isReady, mayExport, type Connection, type ExportingConnection } from '../connect/connection.ts';
import type { SalesforceClients } from '../connect/salesforce-clients.ts';
import type { Metrics } from '../metrics.ts';
import { describeAccount, type AccountDescription } from '../salesforce/describe-account.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { endHold, holdConnection, readHold } from '../store/connections.ts';
import { PairChanged, readPairInForce } from '../store/pair-in-force.ts';
import { readBacklog } from '../store/claims.ts';
import type { Tables } from '../store/tables.ts';
import { exportBatch, type BatchSummary, type KnowledgeContext } from './export-batch.ts';
import { allowBatch } from './allow-batch.ts';
import { findFieldConflict } from './find-field-conflict.ts';
import { findMissingField } from './find-missing-field.ts';
import { feedRunningRun } from './feed-running-run.ts';
import { foldPushes } from './fold-pushes.ts';
import { workOnPreflight } from './work-on-preflight.ts';
import { settleLeftJobs } from './settle-left-jobs.ts';
import { CUSTOMERS_PER_BATCH, timeBatch, type BatchTiming, type BulkSize } from './time-batch.ts';

/** Minutes for which the description of an org is believed without asking again. */
const DESCRIPTION_VALIDITY_IN_MINUTES = 10;

/** Minutes for which an org that refused a bulk job is not asked for one again. */
const BULK_REFUSED_FOR_MINUTES = 60;

/** Seconds by which a lease outlasts the call that it covers. */
const LEASE_MARGIN_IN_SECONDS = 10;

export interface ExporterOptions extends BatchTiming {
  db: Kysely<Tables>;
  connectionId: string;
  directory: ConnectionDirectory;
  clients: SalesforceClients;
  budget: CallBudget;
  confirmAfterInMs: number;
  bulk: BulkSize;
  salesforceTimeoutInMs: number;
  log: Logger;
  metrics: Metrics;
}

export interface Exporter {
  /**
   * Works until the connection has nothing left to write for now.
   *
   * @returns when to come back, if something waits after a failure
   */
  run(signal: AbortSignal): Promise<Date | undefined>;
}

/** Steps 4 to 7 of a push's way, for one connection. One process at a time may run it for a connection. */
export function createExporter(options: ExporterOptions): Exporter {
  const { db, connectionId, directory, clients, metrics } = options;
  const log = options.log.child({ connectionId });
  let description: { value: AccountDescription; readAt: number; revision: number } | undefined;
  let bulkRefusedAt = Number.NEGATIVE_INFINITY;
  const bulkNow = () =>
    Date.now() - bulkRefusedAt > BULK_REFUSED_FOR_MINUTES * 60_000 ? options.bulk : undefined;

  async function describe(connection: ExportingConnection): Promise<AccountDescription> {
    const isOld = Date.now() - (description?.readAt ?? 0) > DESCRIPTION_VALIDITY_IN_MINUTES * 60_000;
    // A mapping that was changed may name a field that the org did not have yet.
    if (description === undefined || isOld || description.revision !== connection.revision) {
      const value = await clients.of(connection).call(describeAccount);
      description = { value, readAt: Date.now(), revision: connection.revision };
    }
    return description.value;
  }

  async function fold(): Promise<Connection | undefined> {
    for (;;) {
      const connection = await directory.find(connectionId);
      const folded = connection === undefined ? 0 : await foldPushes(db, connection);
      if (folded === 0) return connection;
      log.info({ pushes: folded }, 'pushes folded');
    }
  }

  async function openKnowledge(known: ExportingConnection): Promise<KnowledgeContext> {
    // The pair as it is now: what is known of the connection may be a second old.
    const { pair, epoch = 1 } = (await readPairInForce(db, connectionId)) ?? {};
    const connection = { ...known, identifier: pair ?? known.identifier };
    return {
      ...options,
      connection,
      epoch,
      client: clients.of(connection),
      describe: () => describe(connection),
    };
  }

  async function exportOnce(
    known: ExportingConnection,
    customers: number,
    due: number,
    signal: AbortSignal,
  ): Promise<Date | undefined> {
    try {
      const knowledge = await openKnowledge(known);
      const { connection } = knowledge;
      const leaseInSeconds = options.salesforceTimeoutInMs / 1000 + LEASE_MARGIN_IN_SECONDS;
      const context = {
        ...knowledge,
        leaseInSeconds,
        bulkAbove: bulkNow()?.above,
        signal,
        forgetDescription: () => (description = undefined),
      };
      const org = await describe(connection);
      const obstacle =
        findMissingField(connection.mapping, org) ?? (await findFieldConflict(db, connection, org));
      if (obstacle !== undefined) {
        description = undefined;
        await holdConnection(db, connectionId, obstacle);
        return undefined;
      }
      const otherJobUntil = await settleLeftJobs(db, connectionId, knowledge.client);
      if (otherJobUntil !== undefined) return otherJobUntil;
      // What is left once the description is known is left for writing.
      const allowed = await allowBatch(options, connection, due, bulkNow()?.customers);
      if ('until' in allowed) return undefined;
      const summary = await exportBatch(context, Math.min(customers, allowed.customers), allowed.priority);
      if (summary === undefined) return undefined;
      report(summary);
      if (summary.failure === undefined) await endHold(db, connectionId);
      else await hold(summary.failure);
    } catch (error) {
      if (!(error instanceof PairChanged)) await hold(error);
    }
    return undefined;
  }

  /** Salesforce as a whole is in trouble: leave it alone for a while instead of failing row by row. */
  async function hold(error: unknown): Promise<void> {
    const { reason } = explainCallError(error);
    // The next look at the budget says until when.
    if (reason.code === 'budget-spent') return;
    // The trouble may be that the org's fields are not what they were.
    description = undefined;
    // Where the trouble became the connection's state, that says what to do, and ends the export until it is done.
    directory.forget(connectionId);
    if ((await directory.find(connectionId))?.state !== 'connected') return;
    metrics.holds.inc({ code: reason.code });
    log.error({ code: reason.code, ...(reason.code === 'unexpected' ? { err: error } : {}) }, 'export held');
    await holdConnection(db, connectionId, reason);
  }

  function report({ result, rowsWritten, rowsRefused, bulkRefusal }: BatchSummary): void {
    if (bulkRefusal !== undefined) {
      bulkRefusedAt = Date.now();
      log.warn({ reason: bulkRefusal }, 'bulk job refused: Accounts are written 200 a call instead');
    }
    for (const end of result.ends.values()) {
      metrics.outcomes.inc({ outcome: end.kind === 'done' ? end.outcome : 'retry' });
    }
    metrics.rowsWritten.inc(rowsWritten);
    log.info(
      { customers: result.ends.size, rowsWritten, rowsRefused: rowsRefused.slice(0, 20) },
      'batch exported',
    );
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        const connection = await fold();
        if (connection !== undefined && isReady(connection))
          await workOnPreflight(db, connectionId, () => openKnowledge(connection), log);
        // Pushes are taken in all the same: they wait for whoever connects, chooses or resumes.
        if (connection === undefined || !mayExport(connection)) return undefined;
        if ((await readPairInForce(db, connectionId))?.switching === true) return undefined;
        const bulk = bulkNow();
        await feedRunningRun(db, connectionId, log, Math.max(bulk?.customers ?? 0, CUSTOMERS_PER_BATCH));
        const backlog = await readBacklog(db, connectionId);
        const next = timeBatch(backlog, options, bulk);
        if (next === undefined) return backlog.nextAttemptAt ?? undefined;
        const held = await readHold(db, connectionId);
        if (held !== undefined && held.reason.code !== 'budget-spent') return held.until;
        const allowed = await allowBatch(options, connection, backlog.due);
        if ('until' in allowed) return allowed.until;
        if (held !== undefined) await endHold(db, connectionId);
        if ('customers' in next) {
          const comeBackAt = await exportOnce(connection, next.customers, backlog.due, signal);
          if (comeBackAt !== undefined) return comeBackAt;
        } else await delay(Math.min(next.waitInMs, 250), undefined, { signal }).catch(() => undefined);
      }
      return undefined;
    },
  };
}
