import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { checkAlerts } from './alerts/check-alerts.ts';
import { createApp } from './app.ts';
import { runAudit } from './audit-drift/run-audit.ts';
import type { Config } from './config.ts';
import { provisionConnections } from './connect/provision-connections.ts';
import { deleteExpiredSignIns, makeLink } from './console/sign-in/one-time-links.ts';
import { retrySignIns } from './connect/sign-in-now.ts';
import { workOnErasures } from './erase/work-on-erasures.ts';
import { createPushStore } from './export/3-store.ts';
import { createExporter, type Exporter } from './export/export-connection.ts';
import { runImport, SCHEDULE } from './import/run-import.ts';
import { runMatchJobs } from './match/run-match-jobs.ts';
import { runJobs, type Jobs } from './run-jobs.ts';
import { sweepUpflow } from './sweep/sweep-upflow.ts';
import { openServices, type Services } from './services.ts';
import { deleteOldLookups } from './store/accounts.ts';
import { deleteOldActivity } from './store/activity.ts';
import { deleteOldAlerts } from './store/alerts.ts';
import { deleteOldCalls } from './store/api-calls.ts';
import { freeAllLeases } from './store/claims.ts';
import { rematchUnmatched } from './store/customers.ts';
import { addDueAudits, deleteOldAudits, findConnectionsToAudit } from './store/drift-audits.ts';
import { findConnectionsToErase } from './store/erasures.ts';
import {
  addDueImportRuns,
  deleteOldImportRuns,
  findConnectionsToImport,
  freeImportLeases,
} from './store/import-runs.ts';
import { deleteOldMatchJobs, findConnectionsToMatch } from './store/match-jobs.ts';
import { openDatabase } from './store/open-database.ts';
import { deleteOldBodies, deleteOldPushes, findConnectionsWithWork } from './store/pushes.ts';
import { findConnectionsToSweep } from './store/sweeps.ts';
import { recordTask } from './store/task-runs.ts';

/** Days for which ended pushes and their ids are kept; senders retry for at most a few days. */
const PUSH_RETENTION_IN_DAYS = 30;

/** Days for which it is kept what was told of trouble that is over. */
const ALERT_RETENTION_IN_DAYS = 90;

/** Days for which it is kept how an import went. */
const IMPORT_RETENTION_IN_DAYS = 30;

export interface Companion {
  url: string;
  /** Signs whoever opens it in to the console, once; undefined where links are switched off. */
  consoleLink: string | undefined;
  services: Services;
  /** Stops taking pushes, finishes what was begun, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the whole companion: database, job engine, web server.
 *
 * @throws when the database cannot be opened or the port is taken
 */
export async function startCompanion(config: Config, log: Logger): Promise<Companion> {
  const database = await openDatabase(config.database);
  let jobs: Jobs | undefined;
  let isAcceptingWork = true;
  const stopping = new AbortController();
  try {
    const services = openServices({
      config,
      database,
      kick: (connectionId) => jobs?.kick(connectionId),
      kickMatch: (connectionId) => jobs?.kickMatch(connectionId),
      kickAudit: (connectionId) => jobs?.kickAudit(connectionId),
      startSweep: async (connectionId) => jobs?.sweep(connectionId),
      kickErase: (connectionId) => jobs?.kickErase(connectionId),
      kickImport: (connectionId) => jobs?.kickImport(connectionId),
      log,
      stopping: stopping.signal,
    });
    await provisionConnections(database.db, services.sealer, config.provisioned);
    if (database.kind === 'pglite') {
      await freeAllLeases(database.db);
      await freeImportLeases(database.db);
    }
    const pushStore = createPushStore(database.db, {
      flights: database.kind === 'pglite' ? 1 : 2,
      onStored: (connectionIds) => {
        for (const connectionId of connectionIds) jobs?.kick(connectionId);
      },
    });
    const app = createApp({
      services,
      storePush: (push) => pushStore.store(push),
      isAcceptingWork: () => isAcceptingWork,
    });
    const exporterOf = keepExporters(services);
    jobs = await runJobs(
      database,
      {
        exportConnection: (connectionId, signal) => exporterOf(connectionId).run(signal),
        findConnectionsWithWork: () => findConnectionsWithWork(database.db),
        matchConnection: (connectionId, signal) => matchConnection(services, connectionId, signal),
        findConnectionsToMatch: () => findConnectionsToMatch(database.db),
        importConnection: (connectionId, signal) => runImport(services, connectionId, signal),
        findConnectionsToImport: () => findConnectionsToImport(database.db),
        addDueImports: () => recordTask(database.db, 'import', () => addDueImportRuns(database.db, SCHEDULE)),
        rematchUnmatched: () => recordTask(database.db, 'rematch', () => rematchUnmatched(database.db)),
        checkAlerts: () => recordTask(database.db, 'alerts', () => checkAlerts(services)),
        keepHouse: () =>
          recordTask(database.db, 'housekeeping', async () => {
            await deleteOldBodies(database.db, config.pushRetentionInDays);
            await deleteOldPushes(database.db, PUSH_RETENTION_IN_DAYS);
            await deleteOldAudits(database.db, PUSH_RETENTION_IN_DAYS);
            await deleteOldLookups(database.db);
            await deleteOldMatchJobs(database.db);
            await deleteOldActivity(database.db, PUSH_RETENTION_IN_DAYS);
            await deleteOldImportRuns(database.db, IMPORT_RETENTION_IN_DAYS);
            await deleteOldAlerts(database.db, ALERT_RETENTION_IN_DAYS);
            await deleteExpiredSignIns(database.db);
            await deleteOldCalls(database.db);
            await database.maintain?.();
          }),
        auditDrift: (connectionId, signal) => runAudit(services, connectionId, signal),
        findConnectionsToAudit: () => findConnectionsToAudit(database.db),
        addDueAudits: () => addDueAudits(database.db, 'schedule'),
        eraseCustomers: (connectionId, signal) => workOnErasures(services, connectionId, signal),
        findConnectionsToErase: () => findConnectionsToErase(database.db),
        retrySignIns: () => retrySignIns(services),
        sweepUpflow: (connectionId, signal) => sweepUpflow(services, connectionId, { signal }),
        findConnectionsToSweep: async () => {
          const due: string[] = [];
          await recordTask(database.db, 'sweep', async () => {
            due.push(...(await findConnectionsToSweep(database.db)));
          });
          return due;
        },
      },
      log,
    );
    const server = createServer(app);
    await listen(server, config.port, config.host);
    const { port } = server.address() as AddressInfo;
    const url = `http://${config.host}:${port}`;
    log.info(
      { url, database: database.kind, connections: (await services.directory.list()).map(({ id }) => id) },
      'companion started',
    );

    return {
      url,
      consoleLink: config.signIn.links
        ? (await makeLink(database.db, config.publicUrl ?? addressForBrowsers(config.host, port))).url
        : undefined,
      services,
      async stop() {
        isAcceptingWork = false;
        stopping.abort();
        // Whoever keeps a connection open is asked to let go of it with its next answer.
        server.prependListener('request', (_req, res) => res.setHeader('connection', 'close'));
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeIdleConnections();
        await Promise.race([
          closed,
          new Promise((resolve) => setTimeout(resolve, config.stopTimeoutInMs).unref()),
        ]);
        server.closeAllConnections();
        await pushStore.drain();
        await jobs?.stop();
        await database.close();
        log.info('companion stopped');
      },
    };
  } catch (error) {
    await jobs?.stop();
    await database.close();
    throw error;
  }
}

async function matchConnection(services: Services, connectionId: string, signal: AbortSignal): Promise<void> {
  const { database, directory, clients, kick, log } = services;
  const connection = await directory.find(connectionId);
  if (connection === undefined) return;
  const client = () => clients.of(connection);
  await runMatchJobs({ db: database.db, connection, client, kick: () => kick(connectionId), log }, signal);
}

/** One exporter a connection, for as long as the process lives: it remembers what it knows of the org. */
function keepExporters({ config, database, ...services }: Services) {
  const exporters = new Map<string, Exporter>();
  return (connectionId: string): Exporter => {
    const known = exporters.get(connectionId);
    if (known !== undefined) return known;
    const exporter = createExporter({
      ...config,
      ...services,
      db: database.db,
      connectionId,
    });
    exporters.set(connectionId, exporter);
    return exporter;
  };
}

/** Nobody can open the address that means all addresses. */
export function addressForBrowsers(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
