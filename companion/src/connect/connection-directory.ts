import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readSecret } from '../export/2-verify.ts';
import { readConnections, type ConnectionRow } from '../store/read-connections.ts';
import type { Tables } from '../store/tables.ts';
import type { Connection, SalesforceAccess, SalesforceApp, UpflowAccess } from './connection.ts';
import type { Sealer } from './seal.ts';

/** Milliseconds after which a change made by another process is seen here. */
const VALIDITY_IN_MS = 1000;

/** The connections as they are stored, with their secrets opened, read again after about a second. */
export interface ConnectionDirectory {
  find(connectionId: string): Promise<Connection | undefined>;
  /** All of them, oldest first, read anew. */
  list(): Promise<Connection[]>;
  /** Has a connection that this process changed read anew the next time. */
  forget(connectionId: string): void;
}

interface CacheEntry {
  readAt: number;
  connection: Promise<Connection | undefined>;
}

const upflowSchema = z.object({ apiKey: z.string(), apiSecret: z.string() });
const appSchema = z.object({
  clientSecret: z.string().optional(),
  username: z.string().optional(),
  privateKey: z.string().optional(),
});

/** What a sealed column holds is sealed for its connection and its purpose. */
export const placeOf = {
  upflowCredentials: (connectionId: string) => `${connectionId}/upflow-credentials`,
  salesforceApp: (connectionId: string) => `${connectionId}/salesforce-app`,
  accessToken: (connectionId: string) => `${connectionId}/access-token`,
  refreshToken: (connectionId: string) => `${connectionId}/refresh-token`,
  pushSecret: (connectionId: string) => `${connectionId}/push-secret`,
  verifier: (connectionId: string) => `${connectionId}/verifier`,
  alertWebhook: (connectionId: string) => `${connectionId}/alert-webhook`,
};

export function openConnectionDirectory(db: Kysely<Tables>, sealer: Sealer): ConnectionDirectory {
  const cache = new Map<string, CacheEntry>();

  async function read(connectionId: string): Promise<Connection | undefined> {
    const [row] = await readConnections(db, connectionId);
    return row && openConnection(row, sealer);
  }

  return {
    find(connectionId) {
      const cached = cache.get(connectionId);
      if (cached !== undefined && Date.now() - cached.readAt < VALIDITY_IN_MS) return cached.connection;
      const entry = { readAt: Date.now(), connection: read(connectionId) };
      // Whoever tries ids that do not exist must not fill the memory.
      if (cache.size > 10_000) cache.clear();
      cache.set(connectionId, entry);
      entry.connection.catch(() => cache.delete(connectionId));
      return entry.connection;
    },
    list: async () => (await readConnections(db, undefined)).map((row) => openConnection(row, sealer)),
    forget: (connectionId) => cache.delete(connectionId),
  };
}

/** @throws {SealBroken} when a secret of the connection cannot be opened */
function openConnection(row: ConnectionRow, sealer: Sealer): Connection {
  const { id } = row;
  return {
    id,
    name: row.name,
    revision: row.revision,
    state: row.state,
    stateReason: row.stateReason,
    stateSince: row.stateSince,
    createdAt: row.createdAt,
    pushKeys: row.pushSecrets.map((sealed) => readSecret(sealer.open(sealed, placeOf.pushSecret(id)))),
    apiTokenDigests: row.apiTokens.map(({ digest, ...token }) => ({
      ...token,
      digest: Buffer.from(digest, 'hex'),
    })),
    upflow: openUpflow(row, sealer),
    salesforce: openSalesforce(row, sealer),
    organizationId: row.organizationId,
    identifier: row.identifier ?? undefined,
    mapping: row.exportMapping,
    exporting: row.exporting,
    apiCallCap: row.apiCallCap,
  };
}

function openUpflow(
  { id, upflowEnvironment, upflowCredentials }: ConnectionRow,
  sealer: Sealer,
): UpflowAccess | undefined {
  if (upflowEnvironment === null || upflowCredentials === null) return undefined;
  const opened: unknown = JSON.parse(sealer.open(upflowCredentials, placeOf.upflowCredentials(id)));
  return { environment: upflowEnvironment, ...upflowSchema.parse(opened) };
}

function openSalesforce(row: ConnectionRow, sealer: Sealer): SalesforceAccess | undefined {
  const { salesforceFlow: flow, salesforceOrigin: origin, salesforceClientId: clientId } = row;
  if (flow === null || origin === null || clientId === null || row.salesforceApp === null) return undefined;
  const opened: unknown = JSON.parse(sealer.open(row.salesforceApp, placeOf.salesforceApp(row.id)));
  const { clientSecret, username, privateKey } = appSchema.parse(opened);
  const app: Record<typeof flow, () => SalesforceApp> = {
    'web-server': () => ({ flow: 'web-server', clientId, clientSecret }),
    'jwt-bearer': () => ({
      flow: 'jwt-bearer',
      clientId,
      username: username ?? '',
      privateKey: privateKey ?? '',
    }),
    'client-credentials': () => ({ flow: 'client-credentials', clientId, clientSecret: clientSecret ?? '' }),
  };
  return { origin, app: app[flow](), userId: row.salesforceUserId, username: row.salesforceUsername };
}
