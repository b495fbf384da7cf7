import type { ColumnType, Generated } from 'kysely';
import type { ConnectionState, ExportMapping, SharedIdentifier } from '../connect/connection.ts';
import type { Outcome, Reason } from '../outcome.ts';
import type { Customer } from '../upflow/push-schema.ts';
import type { FieldValues } from '../salesforce/field-value.ts';

/** The rows of `migrations/`, column for column. JSON columns are read parsed and written as text. */
export interface Tables {
  connection: ConnectionTable;
  push: PushTable;
  push_effect: PushEffectTable;
  customer: CustomerTable;
  account: AccountTable;
  identifier_lookup: IdentifierLookupTable;
  salesforce_session: SalesforceSessionTable;
  salesforce_authorization: SalesforceAuthorizationTable;
  push_secret: PushSecretTable;
  api_token: ApiTokenTable;
  audit: AuditTable;
  export_run: ExportRunTable;
  export_run_outcome: ExportRunOutcomeTable;
  preflight: PreflightTable;
  api_call: ApiCallTable;
  api_budget: ApiBudgetTable;
}

type Json<Value> = ColumnType<Value, string, string>;

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
}

interface PushTable {
  connection_id: string;
  push_id: string;
  type: string;
  sent_at: Date;
  received_at: Generated<Date>;
  body: string;
  folded_at: Date | null;
}

interface PushEffectTable {
  connection_id: string;
  push_id: string;
  customer_id: string;
  outcome: Outcome | null;
  account_id: string | null;
  reason: Json<Reason | null> | null;
  ended_at: Date | null;
}

interface CustomerTable {
  connection_id: string;
  customer_id: string;
  updated_at: Date;
  push_sent_at: Date;
  push_id: string;
  state: Json<Customer | null> | null;
  identifier: string | null;
  version: Generated<number>;
  changed_at: Generated<Date>;
  dirty_at: Date | null;
  lease_id: string | null;
  lease_until: Date | null;
  attempts: Generated<number>;
  next_attempt_at: Date | null;
  overdue: number | null;
  shown_overdue: number | null;
  run_id: string | null;
  run_waits: Generated<boolean>;
}

interface AccountTable {
  connection_id: string;
  account_id: string;
  identifier: string | null;
  currency: string | null;
  customer_id: string | null;
  written: Json<FieldValues>;
}

interface IdentifierLookupTable {
  connection_id: string;
  identifier: string;
  looked_up_at: Date;
}

interface SalesforceSessionTable {
  connection_id: string;
  access_token: string | null;
  refresh_token: string | null;
  instance_origin: string | null;
  generation: Generated<number>;
  issued_at: Generated<Date>;
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

interface AuditTable {
  sequence: number;
  at: Date;
  connection_id: string | null;
  actor: string;
  action: string;
  subject: string | null;
  details: Json<Record<string, unknown>>;
  previous_hash: string;
  hash: string;
}

interface ExportRunTable {
  connection_id: string;
  run_id: string;
  kind: string;
  state: Generated<string>;
  customer_ids: string[] | null;
  forget_fields: Json<string[] | null> | null;
  total: number;
  cursor: Generated<string>;
  started_at: Generated<Date>;
  started_by: string;
  paused_at: Date | null;
  paused_seconds: Generated<number>;
  ended_at: Date | null;
}

interface ExportRunOutcomeTable {
  connection_id: string;
  run_id: string;
  outcome: string;
  customers: number;
}

interface PreflightTable {
  connection_id: string;
  preflight_id: string;
  state: string;
  sample: number;
  started_at: Generated<Date>;
  started_by: string;
  ended_at: Date | null;
  tried: Generated<number>;
  would_pass: Generated<number>;
  calls: Generated<number>;
  failures: Json<unknown>;
  reason: Json<Reason | null> | null;
}

interface ApiCallTable {
  connection_id: string;
  hour: Date;
  calls: number;
}

interface ApiBudgetTable {
  connection_id: string;
  org_used: number | null;
  org_max: number | null;
  read_at: Date | null;
}
