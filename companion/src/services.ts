import type { Logger } from 'pino';
import { sql } from 'kysely';
import type { Config } from './config.ts';
import { openConnectionStates, type ConnectionStates } from './connect/change-state.ts';
import { openCallBudget, type CallBudget } from './connect/call-budget.ts';
import { openConnectionDirectory, type ConnectionDirectory } from './connect/connection-directory.ts';
import { loadSealer } from './connect/load-sealer.ts';
import { openSalesforceClients, type SalesforceClients } from './connect/salesforce-clients.ts';
import type { Sealer } from './connect/seal.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Database } from './store/open-database.ts';

/** What the parts of a running companion work with. */
export interface Services {
  config: Config;
  database: Database;
  directory: ConnectionDirectory;
  clients: SalesforceClients;
  states: ConnectionStates;
  /** The API calls that each connection may make. */
  budget: CallBudget;
  sealer: Sealer;
  /** Says that a connection has work to do. */
  kick: (connectionId: string) => void;
  /** Says that a connection's matching has work to do. */
  kickMatch: (connectionId: string) => void;
  /** Says that a connection has a drift audit to do. */
  kickAudit: (connectionId: string) => void;
  /** Has Upflow read for a connection, in the background. */
  startSweep: (connectionId: string) => Promise<void>;
  /** Says that a connection has customers to erase. */
  kickErase: (connectionId: string) => void;
  /** Says that a connection has an import to do. */
  kickImport: (connectionId: string) => void;
  log: Logger;
  metrics: Metrics;
  /** Aborted when the process begins to stop: whatever stays open must end. */
  stopping: AbortSignal;
}

/**
 * Opens the services on an open database.
 *
 * @throws {Error} when there is no key to encrypt secrets with
 */
export function openServices(
  given: Pick<Services, 'config' | 'database' | 'kick' | 'log'> &
    Partial<
      Pick<Services, 'kickMatch' | 'kickAudit' | 'kickErase' | 'kickImport' | 'startSweep' | 'stopping'>
    >,
): Services {
  const { config, database } = given;
  const { db } = database;
  const directory = 'directory' in config.database ? config.database.directory : undefined;
  const sealer = loadSealer(config.sealingKeys, directory);
  const metrics = createMetrics(() => countWaiting(database).catch(() => Number.NaN));
  const connections = openConnectionDirectory(db, sealer);
  const states = openConnectionStates({ ...given, db, directory: connections });
  const budget = openCallBudget(db, config.apiCallSharePercent);
  return {
    kickMatch: () => undefined,
    kickAudit: () => undefined,
    kickErase: () => undefined,
    kickImport: () => undefined,
    stopping: new AbortController().signal,
    startSweep: () => Promise.resolve(),
    ...given,
    directory: connections,
    states,
    budget,
    clients: openSalesforceClients({ db, config, metrics, sealer, states, budget }),
    sealer,
    metrics,
  };
}

async function countWaiting({ db }: Database): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from customer where dirty_at is not null`.execute(db);
  return rows[0]?.waiting ?? 0;
}
