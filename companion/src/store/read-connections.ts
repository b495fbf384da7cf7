import { sql, type Kysely } from 'kysely';
import type { ConnectionState, ExportMapping, SharedIdentifier } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** A connection as it is stored; what is sealed is still sealed. */
export interface ConnectionRow {
  id: string;
  name: string;
  revision: number;
  state: ConnectionState;
  stateReason: Reason | null;
  stateSince: Date;
  createdAt: Date;
  upflowEnvironment: 'production' | 'sandbox' | null;
  upflowCredentials: string | null;
  salesforceFlow: 'web-server' | 'jwt-bearer' | 'client-credentials' | null;
  salesforceOrigin: string | null;
  salesforceClientId: string | null;
  salesforceApp: string | null;
  salesforceUserId: string | null;
  salesforceUsername: string | null;
  organizationId: string | null;
  identifier: SharedIdentifier | null;
  exportMapping: ExportMapping;
  exporting: boolean;
  apiCallCap: number | null;
  /** Sealed, newest first. */
  pushSecrets: string[];
  apiTokens: { tokenId: string; name: string; digest: string }[];
}

/** Reads one connection, or all of them, oldest first. */
export async function readConnections(
  db: Kysely<Tables>,
  connectionId: string | undefined,
): Promise<ConnectionRow[]> {
  const { rows } = await sql<ConnectionRow>`
    select connection_id as id, name, revision, state, state_reason as "stateReason", state_since as "stateSince",
      created_at as "createdAt", upflow_environment as "upflowEnvironment",
      upflow_credentials as "upflowCredentials", salesforce_flow as "salesforceFlow",
      salesforce_origin as "salesforceOrigin", salesforce_client_id as "salesforceClientId",
      salesforce_app as "salesforceApp", salesforce_user_id as "salesforceUserId",
      salesforce_username as "salesforceUsername", organization_id as "organizationId", identifier,
      export_mapping as "exportMapping", exporting, api_call_cap as "apiCallCap",
      coalesce((select json_agg(sealed order by s.created_at desc, secret_id) from push_secret s
        where s.connection_id = c.connection_id), '[]') as "pushSecrets",
      coalesce((select json_agg(json_build_object('tokenId', token_id, 'name', t.name, 'digest', encode(digest, 'hex')))
        from api_token t where t.connection_id = c.connection_id), '[]') as "apiTokens"
    from connection c
    where ${connectionId === undefined ? sql`true` : sql`connection_id = ${connectionId}`}
    order by created_at, connection_id`.execute(db);
  return rows;
}
