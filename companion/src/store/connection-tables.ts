import type { Generated } from 'kysely';
import type { ConnectionState, ExportMapping, SharedIdentifier } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of connections, how they sign in, and what opens them. */
export interface ConnectionTables {
  connection: ConnectionTable;
  salesforce_session: SalesforceSessionTable;
  salesforce_authorization: SalesforceAuthorizationTable;
  sweep: SweepTable;
  portal_link: PortalLinkTable;
  upflow_pace: UpflowPaceTable;
  upflow_turn: UpflowTurnTable;
  push_secret: PushSecretTable;
  api_token: ApiTokenTable;
}

interface ConnectionTable {
  connection_id: string;
  organization_id: string | null;
  hold_until: Date | null;
  hold_failures: Generated<number>;
  hold_reason: Json<Reason | null> | null;
  name: Generated<string>;
  created_at: Generated<Date>;
  revision: Generated<number>;
  state: Generated<ConnectionState>;
  state_reason: Json<Reason | null> | null;
  state_since: Generated<Date>;
  upflow_environment: 'production' | 'sandbox' | null;
  upflow_credentials: string | null;
  upflow_checked_at: Date | null;
  upflow_problem: Json<Reason | null> | null;
  salesforce_flow: 'web-server' | 'jwt-bearer' | 'client-credentials' | null;
  salesforce_origin: string | null;
  salesforce_client_id: string | null;
  salesforce_app: string | null;
  salesforce_user_id: string | null;
  salesforce_username: string | null;
  connected_at: Date | null;
  connected_by: string | null;
  confirmed_currency: string | null;
  identifier: Json<SharedIdentifier | null> | null;
  export_mapping: Generated<Json<ExportMapping>>;
  exporting: Generated<boolean>;
  api_call_cap: number | null;
  organization_currency: string | null;
  permissions_checked_at: Date | null;
  permissions_ok: boolean | null;
  provisioned_salesforce: string | null;
}

interface SalesforceSessionTable {
  connection_id: string;
  access_token: string | null;
  refresh_token: string | null;
  instance_origin: string | null;
  generation: Generated<number>;
  issued_at: Generated<Date>;
  lease_id: string | null;
  lease_until: Date | null;
  granted_at: Date | null;
}

interface SalesforceAuthorizationTable {
  authorization_id: string;
  connection_id: string;
  state_digest: Buffer;
  session_digest: Buffer;
  origin: string;
  verifier: string;
  started_by: string;
  started_at: Generated<Date>;
  expires_at: Date;
  ended_at: Date | null;
  problem: Json<Reason | null> | null;
  succeeded: Generated<boolean>;
  redirect_uri: Generated<string>;
  client_id: Generated<string>;
}

interface SweepTable {
  connection_id: string;
  state: Generated<'running' | 'done' | 'failed'>;
  customers_read: Generated<number>;
  total: number | null;
  started_at: Generated<Date>;
  ended_at: Date | null;
  problem: Json<Reason | null> | null;
  is_on: Generated<boolean>;
  interval_hours: Generated<number>;
  whole: Generated<boolean>;
  phase: string | null;
  changed: Generated<number>;
  wanted: Generated<boolean>;
  last_whole_at: Date | null;
  last_whole_seconds: number | null;
}

interface PortalLinkTable {
  connection_id: string;
  customer_id: string;
  url: string;
  expires_at: Date;
}

interface UpflowPaceTable {
  connection_id: string;
  arrival: Generated<Date>;
  rest_until: Date | null;
}

interface UpflowTurnTable {
  connection_id: string;
  turn_id: string;
  customer_id: string | null;
  lease_until: Date;
}

interface PushSecretTable {
  connection_id: string;
  secret_id: string;
  sealed: string;
  created_at: Generated<Date>;
}

interface ApiTokenTable {
  connection_id: string;
  token_id: string;
  name: string;
  digest: Buffer;
  created_at: Generated<Date>;
}
