import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import { countCall } from '../salesforce/call-purpose.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { explainSignIn } from '../salesforce/explain-sign-in.ts';
import {
  openSalesforceClient,
  type SalesforceClient,
  type SessionSource,
} from '../salesforce/open-client.ts';
import type { OAuthOptions } from '../salesforce/request-token.ts';
import { pinOrganization, recordMove } from '../store/connections.ts';
import { endAccess } from '../store/sessions.ts';
import type { Tables } from '../store/tables.ts';
import type { CallBudget } from './call-budget.ts';
import type { ConnectionStates } from './change-state.ts';
import type { Connection, SalesforceAccess } from './connection.ts';
import { keepSession } from './keep-session.ts';
import { obtainTokens, type ObtainedTokens } from './obtain-tokens.ts';
import type { Sealer } from './seal.ts';

/** Seconds by which a lease on a renewal outlasts the calls that it covers. */
const LEASE_MARGIN_IN_SECONDS = 10;

/** The most hosts that one renewal asks. */
const HOSTS_PER_RENEWAL = 4;

/** Who the audit log names where no person acted. */
export const COMPANION = 'companion';

/** The client of each connection; calls through it count, and never reach another connection's org. */
export interface SalesforceClients {
  /** @throws {SalesforceCallError} `not-signed-in` when the connection has no way to sign in */
  of(connection: Connection): SalesforceClient;
  /**
   * Signs in anew with what the connection has, whether its session is still good or not.
   *
   * @throws {SalesforceCallError} Salesforce's reason
   */
  signIn(connection: Connection, actor?: string): Promise<void>;
}

export interface SalesforceClientsOptions {
  db: Kysely<Tables>;
  config: Config;
  metrics: Metrics;
  sealer: Sealer;
  states: ConnectionStates;
  budget: CallBudget;
}

export function openSalesforceClients(options: SalesforceClientsOptions): SalesforceClients {
  const { db, config, metrics, sealer, budget } = options;
  const clients = new Map<string, { revision: number; client: SalesforceClient }>();

  function sessionsOf(connection: Connection, actor = COMPANION): SessionSource {
    const { id } = connection;
    const access = accessOf(connection, config);
    if (access === undefined) {
      throw new SalesforceCallError('not-signed-in', 'The connection is not signed in to Salesforce');
    }
    return keepSession({
      db,
      sealer,
      connectionId: id,
      obtain: (kept) => obtain(options, id, access, kept, actor),
      leaseInSeconds: (HOSTS_PER_RENEWAL * config.salesforceTimeoutInMs) / 1000 + LEASE_MARGIN_IN_SECONDS,
    });
  }

  return {
    of(connection) {
      const known = clients.get(connection.id);
      if (known?.revision === connection.revision) return known.client;
      const client = openSalesforceClient({
        sessions: sessionsOf(connection),
        apiVersion: config.salesforceApiVersion,
        timeoutInMs: config.salesforceTimeoutInMs,
        beforeCall: async () => {
          await budget.take(connection);
          countCall();
        },
        onCall: ({ method, status, limitInfo }) => {
          metrics.salesforceCalls.inc({ method, status });
          if (limitInfo !== undefined) budget.note(connection.id, limitInfo);
        },
      });
      clients.set(connection.id, { revision: connection.revision, client });
      return client;
    },
    async signIn(connection, actor) {
      const sessions = sessionsOf(connection, actor);
      await endAccess(db, connection.id);
      await sessions.current();
    },
  };
}

/** How OAuth's endpoints are called. */
export function oauthOptions(config: Config): OAuthOptions {
  return { timeoutInMs: config.salesforceTimeoutInMs, simulatorOrigin: config.simulatorOrigin };
}

/** A connection's access to Salesforce; one that uses the operator's app gets the secret that it has now. */
export function accessOf({ salesforce }: Connection, config: Config): SalesforceAccess | undefined {
  if (salesforce?.app.flow !== 'web-server') return salesforce;
  const { app } = salesforce;
  if (app.clientSecret !== undefined || app.clientId !== config.salesforceApp?.clientId) return salesforce;
  return { ...salesforce, app: { ...app, clientSecret: config.salesforceApp.clientSecret } };
}

/** New tokens of the org that the connection belongs to. A refusal that only a person can mend becomes its state. */
async function obtain(
  options: SalesforceClientsOptions,
  connectionId: string,
  access: SalesforceAccess,
  kept: { refreshToken: string | undefined; instanceOrigin: string | null },
  actor: string,
): Promise<ObtainedTokens> {
  const { db, config, states } = options;
  try {
    const tokens = await obtainTokens(access, kept, oauthOptions(config));
    await requireSameOrganization(db, connectionId, tokens.organizationId);
    if (tokens.origin !== access.origin) await recordMove(db, connectionId, access.origin, tokens.origin);
    // Somebody mended what was wrong.
    await states.change({
      connectionId,
      to: 'connected',
      from: ['reconnect needed'],
      actor,
      action: 'connection restored',
    });
    return tokens;
  } catch (error) {
    await tellRefusal(states, connectionId, error);
    throw error;
  }
}

/** Makes a refusal that only a person can mend the state of a connection that was to be connected. */
export async function tellRefusal(
  states: ConnectionStates,
  connectionId: string,
  error: unknown,
): Promise<void> {
  const reason = reasonToReconnect(error);
  if (reason === undefined) return;
  await states.change({
    connectionId,
    to: 'reconnect needed',
    from: ['connected', 'reconnect needed'],
    reason,
    actor: COMPANION,
    action: 'connection lost',
  });
}

/** @throws {SalesforceCallError} `wrong-organization` */
export async function requireSameOrganization(
  db: Kysely<Tables>,
  connectionId: string,
  organizationId: string,
): Promise<void> {
  const pinned = await pinOrganization(db, connectionId, organizationId);
  if (pinned === organizationId) return;
  throw new SalesforceCallError(
    'wrong-organization',
    `Org ${organizationId} answered, but this connection belongs to org ${pinned}`,
  );
}

const NEEDS_PERSON = new Set([
  'wrong-organization',
  'forbidden-host',
  'host-gone',
  'redirect',
  'not-signed-in',
]);

/** @returns undefined where the sign-in may succeed by itself the next time */
function reasonToReconnect(error: unknown) {
  if (!(error instanceof SalesforceCallError)) return undefined;
  if (error.problem === 'sign-in-refused') {
    const { needsPerson, reason } = explainSignIn(error);
    return needsPerson ? reason : undefined;
  }
  return NEEDS_PERSON.has(error.problem) ? explainCallError(error).reason : undefined;
}
