import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config, Connection } from './config.ts';
import { createPushStore } from './export/3-store.ts';
import { createExporter, type Exporter } from './export/export-connection.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { runJobs, type Jobs } from './run-jobs.ts';
import { SalesforceCallError } from './salesforce/call-error.ts';
import { openSalesforceClient } from './salesforce/open-client.ts';
import { deleteOldLookups } from './store/accounts.ts';
import { addConnections, pinOrganization } from './store/connections.ts';
import { freeAllLeases } from './store/claims.ts';
import { rematchUnmatched } from './store/customers.ts';
import { openDatabase, type Database } from './store/open-database.ts';
import { deleteOldPushes, findConnectionsWithWork } from './store/pushes.ts';

/** Days for which ended pushes and their ids are kept; senders retry for at most a few days. */
const PUSH_RETENTION_IN_DAYS = 30;

export interface Companion {
  url: string;
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
  try {
    await addConnections(database.db, [...config.connections.keys()]);
    if (database.kind === 'pglite') await freeAllLeases(database.db);
    const metrics = createMetrics(() => countWaiting(database).catch(() => Number.NaN));
    const exporters = new Map(
      [...config.connections.values()].map((connection) => [
        connection.id,
        openExporter(connection, { config, database, log, metrics }),
      ]),
    );
    const pushStore = createPushStore(database.db, {
      flights: database.kind === 'pglite' ? 1 : 2,
      onStored: (connectionIds) => {
        for (const connectionId of connectionIds) jobs?.kick(connectionId);
      },
    });
    const app = createApp({
      connections: config.connections,
      db: database.db,
      storePush: (push) => pushStore.store(push),
      kick: (connectionId) => jobs?.kick(connectionId),
      isAcceptingWork: () => isAcceptingWork,
      bodyLimitInBytes: config.pushBodyLimitInBytes,
      log,
      metrics,
    });
    jobs = await runJobs(
      database,
      {
        exportConnection: async (connectionId, signal) => exporters.get(connectionId)?.run(signal),
        findConnectionsWithWork: async () =>
          (await findConnectionsWithWork(database.db)).filter((id) => exporters.has(id)),
        rematchUnmatched: () => rematchUnmatched(database.db),
        keepHouse: async () => {
          await deleteOldPushes(database.db, PUSH_RETENTION_IN_DAYS);
          await deleteOldLookups(database.db);
          await database.maintain?.();
        },
      },
      log,
    );
    const server = createServer(app);
    await listen(server, config.port, config.host);
    const { port } = server.address() as AddressInfo;
    const url = `http://${config.host}:${port}`;
    log.info({ url, database: database.kind, connections: [...exporters.keys()] }, 'companion started');

    return {
      url,
      async stop() {
        isAcceptingWork = false;
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

function openExporter(
  connection: Connection,
  { config, database, log, metrics }: { config: Config; database: Database; log: Logger; metrics: Metrics },
): Exporter {
  const client = openSalesforceClient({
    credentials: connection.salesforce,
    apiVersion: config.salesforceApiVersion,
    timeoutInMs: config.salesforceTimeoutInMs,
    simulatorOrigin: config.simulatorOrigin,
    onCall: ({ method, status }) => metrics.salesforceCalls.inc({ method, status }),
    checkOrganization: async (organizationId) => {
      const pinned = await pinOrganization(database.db, connection.id, organizationId);
      if (pinned !== organizationId) {
        throw new SalesforceCallError(
          'wrong-organization',
          `Org ${organizationId} answered, but this connection belongs to org ${pinned}`,
        );
      }
    },
  });
  return createExporter({ ...config, db: database.db, connection, client, log, metrics });
}

async function countWaiting({ db }: Database): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from customer where dirty_at is not null`.execute(db);
  return rows[0]?.waiting ?? 0;
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
