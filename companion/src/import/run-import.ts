import { randomUUID } from 'node:crypto';
import { isReady, type Connection } from '../connect/connection.ts';
import { NO_IMPORT } from '../connect/import-settings.ts';
import { upflowClientFor } from '../connect/upflow-client.ts';
import type { Reason } from '../outcome.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import type { Services } from '../services.ts';
import { recordRun } from '../store/run-events.ts';
import { markDirty } from '../store/import-customers.ts';
import { finishRemoval, withdrawRemoval } from '../store/import-removal.ts';
import {
  endPass,
  holdImport,
  ImportLost,
  isImportHeld,
  releaseImport,
  takeImport,
  type ImportLease,
} from '../store/import-lease.ts';
import { beginImportRun, endImportRun, type ImportRun } from '../store/import-runs.ts';
import { readImportSettings } from '../store/import-settings.ts';
import { PairChanged } from '../store/pair-in-force.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { explainUpflowError } from '../upflow/explain-error.ts';
import { ContactFieldsHidden } from './choose-columns.ts';
import { RecordsVanished } from './import-context.ts';
import { sendCustomers } from './6-send.ts';
import { STOPPED } from './7-report.ts';
import { readSalesforce } from './read-salesforce.ts';
import { Tally } from './tally.ts';

/** How often the lease is renewed while a single call takes long. */
const HOLD_EVERY_MS = 15_000;

/** Who asks for the regular runs. */
export const SCHEDULE = 'schedule';

export interface ImportOptions {
  /** In place of the connection's own client. */
  openUpflow?: () => UpflowClient;
}

/**
 * Works off the run that was asked for on one connection, if there is one: reads Salesforce, matches, and sends Upflow
 * what differs. One process at a time; a run that was cut off goes on where it stopped.
 */
export async function runImport(
  services: Services,
  connectionId: string,
  signal?: AbortSignal,
  options: ImportOptions = {},
): Promise<void> {
  const { database, directory } = services;
  const { db } = database;
  const connection = await directory.find(connectionId);
  const leaseId = randomUUID();
  if (connection === undefined || !(await takeImport(db, connectionId, leaseId))) return;
  try {
    const run = await beginImportRun(db, connectionId);
    if (run !== undefined) await work(services, connection, run, leaseId, signal, options);
  } finally {
    await releaseImport(db, connectionId, leaseId);
  }
}

async function work(
  services: Services,
  connection: Connection,
  run: ImportRun,
  leaseId: string,
  signal: AbortSignal | undefined,
  options: ImportOptions,
): Promise<void> {
  const { database, log } = services;
  const { db } = database;
  const connectionId = connection.id;
  const lease: ImportLease = { connectionId, leaseId, runId: run.id };
  const lost = new AbortController();
  const hold = setInterval(() => {
    holdImport(db, lease).catch((error: unknown) => {
      if (error instanceof ImportLost) lost.abort(error);
    });
  }, HOLD_EVERY_MS);
  const ending = AbortSignal.any([lost.signal, ...(signal === undefined ? [] : [signal])]);
  const tally = new Tally(connectionId, run);
  try {
    await tell(services, connectionId, run, 'running', tally);
    await takeSteps(services, connection, run, { lease, tally, signal: ending, options });
    await tally.save(db);
    if (await endImportRun(db, connectionId, run.id, { state: 'done' })) {
      await tell(services, connectionId, run, 'done', tally);
      log.info({ connectionId, run: run.id, kind: run.kind, ...tally.counts }, 'import done');
    }
  } catch (error) {
    // Whoever stops leaves the run to the next process.
    if (signal?.aborted === true) return;
    // So does whoever was silent for so long that another process goes on with the run.
    if (error instanceof ImportLost && !(await isImportHeld(db, lease))) return;
    const { state, reason, unexpected } = explain(error);
    if (!(await endImportRun(db, connectionId, run.id, { state, reason }))) return;
    await tell(services, connectionId, run, state, tally, reason);
    const details = unexpected ? { err: error } : {};
    log[state === 'failed' ? 'warn' : 'info'](
      { connectionId, run: run.id, code: reason.code, ...details },
      `import ${state}`,
    );
  } finally {
    clearInterval(hold);
  }
}

async function takeSteps(
  services: Services,
  connection: Connection,
  run: ImportRun,
  given: { lease: ImportLease; tally: Tally; signal: AbortSignal; options: ImportOptions },
): Promise<void> {
  const { db } = services.database;
  const connectionId = connection.id;
  const { upflow } = connection;
  const { options, ...shared } = given;
  const settings = await readImportSettings(db, connectionId);
  let client: UpflowClient | undefined;
  const openUpflow = () => {
    if (client !== undefined) return client;
    if (options.openUpflow !== undefined) return (client = options.openUpflow());
    if (upflow === undefined) throw new Stopped(STOPPED.noUpflow);
    return (client = upflowClientFor(services, connectionId, upflow));
  };
  const sending = { db, connectionId, upflow: openUpflow, ...shared };
  if (run.kind === 'removal') {
    if (connection.state === 'connected') throw new Stopped(STOPPED.reconnected);
    await markDirty(db, connectionId, 'with contacts or fields');
    await sendCustomers({ ...sending, settings: NO_IMPORT });
    await finishRemoval(db, connectionId, shared.lease);
    return;
  }
  if (run.kind === 'changes' || run.kind === 'full') {
    if (!isReady(connection)) throw new Stopped(STOPPED.connection);
    await withdrawRemoval(db, connectionId);
    if (settings.owners || settings.contacts || settings.fields.length > 0) openUpflow();
    const isFull = await readSalesforce({
      ...shared,
      db,
      connectionId,
      client: services.clients.of(connection),
      settings,
      run,
      identifier: connection.identifier,
    });
    if (isFull) await endPass(db, connectionId);
    // What Upflow refused may be taken now: somebody asked, or a day has gone by.
    if (isFull || run.startedBy !== SCHEDULE) await markDirty(db, connectionId, 'with problems');
  }
  if (!settings.contacts) await markDirty(db, connectionId, 'with contacts');
  await sendCustomers({ ...sending, settings });
  if (!settings.contacts) await finishRemoval(db, connectionId, shared.lease, { onlyContacts: true });
  // For what Accounts told of themselves, customers may have to be matched anew.
  services.kick(connectionId);
}

/** Ends a run for a reason that is no failure. */
class Stopped extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.message);
    this.reason = reason;
  }
}

function explainVanished({ message, object }: RecordsVanished): Reason {
  return {
    code: object === 'Account' ? 'accounts-vanished' : 'contacts-vanished',
    message: `${message}.`,
    explanation: 'Most often a permission or a sharing rule was changed. Nothing was removed from Upflow.',
    action: 'Check what the integration user can see. If they are really gone, start a full import by hand.',
  };
}

function explainHidden({ message }: ContactFieldsHidden): Reason {
  return {
    code: 'contact-fields-hidden',
    message: `${message}.`,
    explanation:
      'Contacts would be taken for others without it, so nothing was read, and nothing sent to Upflow.',
    action: 'Give the integration user Read access to the field, or turn contacts off.',
  };
}

function explain(error: unknown): { state: 'failed' | 'stopped'; reason: Reason; unexpected: boolean } {
  if (error instanceof Stopped) return { state: 'stopped', reason: error.reason, unexpected: false };
  if (error instanceof PairChanged)
    return { state: 'stopped', reason: STOPPED.identifier, unexpected: false };
  if (error instanceof ImportLost || (error as Error).name === 'AbortError')
    return { state: 'stopped', reason: STOPPED.connection, unexpected: false };
  if (error instanceof UpflowCallError)
    return { state: 'failed', reason: explainUpflowError(error), unexpected: false };
  if (error instanceof RecordsVanished)
    return { state: 'failed', reason: explainVanished(error), unexpected: false };
  if (error instanceof ContactFieldsHidden)
    return { state: 'failed', reason: explainHidden(error), unexpected: false };
  const { reason } = explainCallError(error);
  return { state: 'failed', reason, unexpected: reason.code === 'unexpected' };
}

function tell(
  { database: { db } }: Services,
  connectionId: string,
  { id, startedBy }: ImportRun,
  state: string,
  { counts }: Tally,
  reason?: Reason,
): Promise<void> {
  const run = { work: 'import', runId: id, state, startedBy, counts } as const;
  return recordRun(db, connectionId, { ...run, code: reason?.code });
}
