import type { Generated } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows that are kept for those who watch: stories, failures, activity, alerts. */
export interface WatchTables {
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
