import type { Logger } from 'pino';
import { PgBoss, type Db } from 'pg-boss';
import type pg from 'pg';
import type { Database } from './store/open-database.ts';
import { workByConnection } from './work-by-connection.ts';

const EXPORT = 'export';
const WAKE_EXPORT = 'wake-export';
const KEEP_HOUSE = 'keep-house';
const MATCH = 'match';
const CHECK_ALERTS = 'check-alerts';
const SWEEP = 'sweep';
const ERASE = 'erase';
const AUDIT_DRIFT = 'audit-drift';
const IMPORT = 'import';

/** Pushes of one connection that arrive within this time share one kick. */
const KICK_INTERVAL_IN_MS = 50;

export interface JobHandlers {
  /** Works one connection off; says when to come back if something must wait. */
  exportConnection(connectionId: string, signal: AbortSignal): Promise<Date | undefined>;
  /** The connections that have something to do now. */
  findConnectionsWithWork(): Promise<string[]>;
  /** Works off what was asked for on the matching of one connection. */
  matchConnection(connectionId: string, signal: AbortSignal): Promise<void>;
  /** The connections whose matching has something to do. */
  findConnectionsToMatch(): Promise<string[]>;
  /** Works off the import that was asked for on one connection. */
  importConnection(connectionId: string, signal: AbortSignal): Promise<void>;
  /** The connections with an import to do. */
  findConnectionsToImport(): Promise<string[]>;
  /** Every ten minutes: ask for the import of each connection. */
  addDueImports(): Promise<void>;
  /** Once an hour: retention, and what the embedded database needs. */
  keepHouse(): Promise<void>;
  /** Every ten minutes: look again for Accounts that were not there. */
  rematchUnmatched(): Promise<void>;
  /** Once a minute, on one process: look for trouble that people are to be told, and tell it. */
  checkAlerts(): Promise<void>;
  /** Each minute: sign in again where somebody may have mended in Salesforce what was wrong. */
  retrySignIns(): Promise<void>;
  /** Runs the drift audit that one connection waits for. */
  auditDrift(connectionId: string, signal: AbortSignal): Promise<void>;
  /** The connections that have a drift audit to do. */
  findConnectionsToAudit(): Promise<string[]>;
  /** Each minute: asks for the drift audits that are due. */
  addDueAudits(): Promise<void>;
  /** The connections whose Upflow is read every ten minutes. */
  findConnectionsToSweep(): Promise<string[]>;
  /** Reads Upflow for one connection. */
  sweepUpflow(connectionId: string, signal: AbortSignal): Promise<void>;
  /** Goes on with what is to be erased of one connection. */
  eraseCustomers(connectionId: string, signal: AbortSignal): Promise<void>;
  /** The connections that have something to erase. */
  findConnectionsToErase(): Promise<string[]>;
}

export interface Jobs {
  /** Says that a connection has work. Cheap enough for every push. */
  kick(connectionId: string): void;
  /** Says that a connection's matching has work. */
  kickMatch(connectionId: string): void;
  /** Says that a connection has a drift audit to do. */
  kickAudit(connectionId: string): void;
  /** Has Upflow read for a connection; what is asked for twice is done once. */
  sweep(connectionId: string): Promise<void>;
  /** Says that a connection has customers to erase. */
  kickErase(connectionId: string): void;
  /** Says that a connection has an import to do. */
  kickImport(connectionId: string): void;
  /** Lets running jobs finish what they have begun. */
  stop(): Promise<void>;
}

/**
 * The job engine: one export at a time per connection across all processes, woken by kicks, by the time
 * that a failed attempt set, and each minute by a look at the tables in case a kick was lost. A job only
 * says that a connection has work; what to do is in the tables.
 */
export async function runJobs(database: Database, handlers: JobHandlers, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    db: toBossDatabase(database.pool),
    backend: database.kind,
    schema: 'jobs',
    persistWarnings: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job engine'));
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'job engine'));
  await boss.start();

  const stopping = new AbortController();
  const retention = { retryLimit: 2, retentionSeconds: 3600, deleteAfterSeconds: 600 };
  // Stately: at most one waiting and one running per connection, so that no kick is lost and none piles up.
  await ensureQueue(EXPORT, { ...retention, policy: 'stately', heartbeatSeconds: 10, expireInSeconds: 3600 });
  await ensureQueue(WAKE_EXPORT, { ...retention, policy: 'standard' });
  await ensureQueue(KEEP_HOUSE, { ...retention, policy: 'stately' });
  await ensureQueue(CHECK_ALERTS, {
    policy: 'stately',
    retryLimit: 0,
    retentionSeconds: 60,
    deleteAfterSeconds: 600,
    heartbeatSeconds: 10,
    expireInSeconds: 600,
  });
  // The embedded database has one process: what runs there now is left over from one that was killed.
  if (database.kind === 'pglite') {
    for (const queue of [EXPORT, CHECK_ALERTS]) await boss.deleteAllJobs(queue);
  }
  await boss.schedule(KEEP_HOUSE, '* * * * *', { task: 'wake' }, { key: 'wake' });
  await boss.schedule(KEEP_HOUSE, '* * * * *', { task: 'sign-in' }, { key: 'sign-in' });
  await boss.schedule(KEEP_HOUSE, '*/10 * * * *', { task: 'rematch' }, { key: 'rematch' });
  await boss.schedule(KEEP_HOUSE, '5-59/10 * * * *', { task: 'sweep' }, { key: 'sweep' });
  await boss.schedule(KEEP_HOUSE, '*/10 * * * *', { task: 'import' }, { key: 'import' });
  await boss.schedule(KEEP_HOUSE, '17 * * * *', { task: 'clean' }, { key: 'clean' });
  await boss.schedule(CHECK_ALERTS, '* * * * *');

  async function ensureQueue(name: string, options: Parameters<PgBoss['createQueue']>[1]): Promise<void> {
    if ((await boss.getQueue(name)) === null) await boss.createQueue(name, options);
  }

  async function send(connectionId: string): Promise<void> {
    await boss.send(EXPORT, { connectionId }, { singletonKey: connectionId });
    boss.notifyWorker(exportWorker);
  }

  const wakes = new Map<string, Date>();
  /** Every run during a hold ends with the same moment to come back at: one job for it is enough. */
  async function wakeAt(connectionId: string, moment: Date): Promise<void> {
    const planned = wakes.get(connectionId);
    if (planned !== undefined && planned.getTime() > Date.now() && planned <= moment) return;
    wakes.set(connectionId, moment);
    await boss.send(WAKE_EXPORT, { connectionId }, { startAfter: moment, singletonKey: connectionId });
  }

  const exportWorker = await boss.work<{ connectionId: string }>(
    EXPORT,
    { pollingIntervalSeconds: 0.5, localConcurrency: 4 },
    async ([job]) => {
      if (job === undefined) return;
      const { connectionId } = job.data;
      const comeBackAt = await handlers
        // The engine gives up on a job that runs too long, and starts another one: then this one must end.
        .exportConnection(connectionId, AbortSignal.any([stopping.signal, job.signal]))
        .catch((error: unknown) => {
          // The job engine keeps the error to itself and tries again.
          log.error({ err: error, connectionId }, 'export failed');
          throw error;
        });
      if (comeBackAt === undefined) return;
      await wakeAt(connectionId, comeBackAt);
    },
  );
  await boss.work<{ connectionId: string }>(WAKE_EXPORT, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (job !== undefined) await send(job.data.connectionId);
  });

  const parts = { boss, log, isAlone: database.kind === 'pglite', stopping: stopping.signal };
  // One at a time: each may hold a million of both sides in memory.
  const sendMatch = await workByConnection(parts, {
    queue: MATCH,
    failure: 'matching failed',
    work: (connectionId, signal) => handlers.matchConnection(connectionId, signal),
  });
  const sendErase = await workByConnection(parts, {
    queue: ERASE,
    failure: 'erasure failed',
    work: (connectionId, signal) => handlers.eraseCustomers(connectionId, signal),
  });
  const sendAudit = await workByConnection(parts, {
    queue: AUDIT_DRIFT,
    failure: 'drift audit failed',
    work: (connectionId, signal) => handlers.auditDrift(connectionId, signal),
  });
  const sendSweep = await workByConnection(parts, {
    queue: SWEEP,
    atOnce: 2,
    expireInSeconds: 4 * 3600,
    failure: 'sweep failed',
    work: (connectionId, signal) => handlers.sweepUpflow(connectionId, signal),
  });
  const sendImport = await workByConnection(parts, {
    queue: IMPORT,
    atOnce: 2,
    expireInSeconds: 23 * 3600,
    failure: 'import failed',
    work: (connectionId, signal) => handlers.importConnection(connectionId, signal),
  });
  /** What cannot be sent now is made good by the look at the tables each minute. */
  const kickTo = (send: (connectionId: string) => Promise<void>) => (connectionId: string) => {
    if (stopping.signal.aborted) return;
    send(connectionId).catch((error: unknown) => log.warn({ err: error, connectionId }, 'kick failed'));
  };

  async function wakeAll(): Promise<void> {
    for (const connectionId of await handlers.findConnectionsWithWork()) await send(connectionId);
    for (const connectionId of await handlers.findConnectionsToMatch()) await sendMatch(connectionId);
    for (const connectionId of await handlers.findConnectionsToAudit()) await sendAudit(connectionId);
    for (const connectionId of await handlers.findConnectionsToErase()) await sendErase(connectionId);
    for (const connectionId of await handlers.findConnectionsToImport()) await sendImport(connectionId);
  }
  const tasks = {
    wake: () => handlers.addDueAudits().then(wakeAll),
    rematch: () => handlers.rematchUnmatched().then(wakeAll),
    import: () => handlers.addDueImports().then(wakeAll),
    'sign-in': () => handlers.retrySignIns(),
    clean: () => handlers.keepHouse(),
    sweep: async () => {
      for (const connectionId of await handlers.findConnectionsToSweep()) await sendSweep(connectionId);
    },
  };
  await boss.work<{ task: keyof typeof tasks }>(KEEP_HOUSE, { pollingIntervalSeconds: 5 }, async ([job]) => {
    if (job !== undefined) await tasks[job.data.task]();
  });
  await boss.work(CHECK_ALERTS, { pollingIntervalSeconds: 5 }, async () => {
    await handlers.checkAlerts().catch((error: unknown) => {
      log.error({ err: error }, 'alerts could not be checked');
      throw error;
    });
  });
  await wakeAll();
  const kicked = new Set<string>();
  return {
    kick(connectionId) {
      if (kicked.has(connectionId) || stopping.signal.aborted) return;
      kicked.add(connectionId);
      setTimeout(() => {
        kicked.delete(connectionId);
        if (stopping.signal.aborted) return;
        // A kick that cannot be sent is made good by the look at the tables each minute.
        send(connectionId).catch((error: unknown) => log.warn({ err: error, connectionId }, 'kick failed'));
      }, KICK_INTERVAL_IN_MS).unref();
    },
    kickMatch: kickTo(sendMatch),
    kickAudit: kickTo(sendAudit),
    kickErase: kickTo(sendErase),
    kickImport: kickTo(sendImport),
    sweep: sendSweep,
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 8000, close: false });
    },
  };
}

/** The companion's own pool, so that on the embedded database nothing runs inside another's transaction. */
function toBossDatabase(pool: pg.Pool): Db {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      try {
        const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values);
        return { rows: [result].flat().flatMap(({ rows }) => rows as unknown[]) };
      } catch (error) {
        // Some statements open a transaction of their own; a failed one must not stay open in the pool.
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
  };
}
