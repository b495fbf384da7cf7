import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import { countCall } from '../salesforce/call-purpose.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { openSalesforceClient, type SalesforceClient } from '../salesforce/open-client.ts';
import { pinOrganization } from '../store/connections.ts';
import type { Tables } from '../store/tables.ts';
import type { CallBudget } from './call-budget.ts';
import type { Connection } from './connection.ts';

/** The client of each connection; calls through it count, and never reach another connection's org. */
export interface SalesforceClients {
  /** @throws {SalesforceCallError} `sign-in-refused` when the connection has no way to sign in */
  of(connection: Connection): SalesforceClient;
}

export function openSalesforceClients(options: {
  db: Kysely<Tables>;
  config: Config;
  metrics: Metrics;
  budget: CallBudget;
}): SalesforceClients {
  const { db, config, metrics, budget } = options;
  const clients = new Map<string, { revision: number; client: SalesforceClient }>();

  function open(connection: Connection): SalesforceClient {
    const { id, salesforce } = connection;
    if (salesforce?.app.flow !== 'client-credentials') {
      throw new SalesforceCallError('sign-in-refused', 'The connection is not signed in to Salesforce');
    }
    return openSalesforceClient({
      credentials: { origin: salesforce.origin, ...salesforce.app },
      apiVersion: config.salesforceApiVersion,
      timeoutInMs: config.salesforceTimeoutInMs,
      simulatorOrigin: config.simulatorOrigin,
      beforeCall: async () => {
        await budget.take(connection);
        countCall();
      },
      onCall: ({ method, status, limitInfo }) => {
        metrics.salesforceCalls.inc({ method, status });
        if (limitInfo !== undefined) budget.note(id, limitInfo);
      },
      checkOrganization: async (organizationId) => {
        const pinned = await pinOrganization(db, id, organizationId);
        if (pinned !== organizationId) {
          throw new SalesforceCallError(
            'wrong-organization',
            `Org ${organizationId} answered, but this connection belongs to org ${pinned}`,
          );
        }
      },
    });
  }

  return {
    of(connection) {
      const known = clients.get(connection.id);
      if (known?.revision === connection.revision) return known.client;
      const client = open(connection);
      clients.set(connection.id, { revision: connection.revision, client });
      return client;
    },
  };
}
