import type { ColumnType, Generated } from 'kysely';
import type { SharedIdentifier } from '../connect/connection.ts';
import type { Outcome, Reason } from '../outcome.ts';
import type { Customer } from '../upflow/push-schema.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type {
  ApiTokenTable,
  ConnectionTable,
  PushSecretTable,
  SalesforceAuthorizationTable,
  SalesforceSessionTable,
  UpflowReadTable,
} from './connection-tables.ts';

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
  upflow_read: UpflowReadTable;
  push_secret: PushSecretTable;
  api_token: ApiTokenTable;
  audit: AuditTable;
  console_session: ConsoleSessionTable;
  console_link: ConsoleLinkTable;
  matching: MatchingTable;
  match_row: MatchRowTable;
  match_term: MatchTermTable;
  match_link: MatchLinkTable;
  match_link_change: MatchLinkChangeTable;
  match_job: MatchJobTable;
  customer_name: CustomerNameTable;
  customer_term: CustomerTermTable;
  customer_failure: CustomerFailureTable;
  customer_event: CustomerEventTable;
  activity: ActivityTable;
  throughput: ThroughputTable;
  task_run: TaskRunTable;
  alert_setting: AlertSettingTable;
  alert: AlertTable;
  alert_delivery: AlertDeliveryTable;
}

/** Read parsed, written as text. */
export type Json<Value> = ColumnType<Value, string, string>;

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
  received_at: Date | null;
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

interface ConsoleSessionTable {
  sid: string;
  sess: Json<{ sealed: string }>;
  expire: Date;
}

interface ConsoleLinkTable {
  digest: Buffer;
  expires_at: Date;
}

interface MatchingTable {
  connection_id: string;
  epoch: Generated<number>;
  switching: Generated<boolean>;
  run: Generated<number>;
  last_run: Generated<number>;
  next_ordinal: Generated<number>;
  counts: Json<Record<string, number> | null> | null;
  made_at: Date | null;
}

interface MatchRowTable {
  connection_id: string;
  run: number;
  kind: number;
  ordinal: number;
  customer_id: string | null;
  customer_name: string | null;
  customer_value: string | null;
  accounts: Json<[id: string, name: string, value: string][]>;
  customers_with_value: number;
  accounts_with_value: number;
}

interface MatchTermTable {
  connection_id: string;
  run: number;
  kind: number;
  term: string;
  ordinal: number;
}

interface MatchLinkTable {
  connection_id: string;
  customer_id: string;
  account_id: string | null;
  source: string;
  made_by: string;
  made_at: Generated<Date>;
}

interface MatchLinkChangeTable {
  connection_id: string;
  change_id: Generated<number>;
  customer_id: string;
  account_id: string | null;
  action: string;
  previous: Json<unknown>;
  made_by: string;
  made_at: Generated<Date>;
  undone: Generated<boolean>;
}

interface MatchJobTable {
  connection_id: string;
  job_id: string;
  kind: string;
  pair: Json<SharedIdentifier | null> | null;
  state: Generated<string>;
  progress: Generated<number>;
  result: Json<unknown>;
  reason: Json<Reason | null> | null;
  requested_by: string;
  created_at: Generated<Date>;
  ended_at: Date | null;
}

interface CustomerNameTable {
  connection_id: string;
  customer_id: string;
  name: string;
}

interface CustomerTermTable {
  connection_id: string;
  term: string;
  customer_id: string;
}

interface CustomerFailureTable {
  connection_id: string;
  customer_id: string;
  code: string;
  outcome: Outcome;
  since: Generated<Date>;
  push_id: string;
  account_id: string | null;
  reason: Json<Reason>;
  open: Generated<boolean>;
}

interface CustomerEventTable {
  event_id: Generated<string>;
  connection_id: string;
  customer_id: string;
  at: Generated<Date>;
  kind: string;
  push_id: string | null;
  account_id: string | null;
  fields: string[] | null;
  reason: Json<Reason | null> | null;
  detail: Json<Record<string, string> | null> | null;
}

interface ActivityTable {
  activity_id: Generated<string>;
  connection_id: string;
  at: Generated<Date>;
  kind: 'push' | 'batch' | 'run' | 'state';
  data: Json<Record<string, unknown>>;
}

interface ThroughputTable {
  connection_id: string;
  minute: Date;
  written: number;
}

interface TaskRunTable {
  task: string;
  started_at: Date;
  ended_at: Date | null;
  problem: string | null;
}

interface AlertSettingTable {
  connection_id: string;
  webhook_url: string | null;
  webhook_on: Generated<boolean>;
  webhook_secret: string | null;
  webhook_secret_hint: string | null;
  mail_to: Generated<string[]>;
  mail_on: Generated<boolean>;
  failure_threshold: number | null;
  failure_window_minutes: Generated<number>;
}

interface AlertTable {
  alert_id: string;
  connection_id: string;
  kind: string;
  code: string;
  opened_at: Generated<Date>;
  told_at: Generated<Date>;
  resolved_at: Date | null;
  about: Json<Record<string, unknown>>;
}

interface AlertDeliveryTable {
  delivery_id: string;
  connection_id: string;
  alert_id: string | null;
  event: string;
  channel: string;
  message: Json<Record<string, unknown>>;
  created_at: Generated<Date>;
  attempts: Generated<number>;
  next_attempt_at: Generated<Date>;
  ended_at: Date | null;
  result: string | null;
  problem: string | null;
}
