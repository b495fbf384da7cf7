import type { Generated } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

// The rows of what people watch.

export interface CustomerNameTable {
  connection_id: string;
  customer_id: string;
  name: string;
}

export interface CustomerTermTable {
  connection_id: string;
  term: string;
  customer_id: string;
}

export interface CustomerFailureTable {
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

export interface CustomerEventTable {
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

export interface ActivityTable {
  activity_id: Generated<string>;
  connection_id: string;
  at: Generated<Date>;
  kind: 'push' | 'batch' | 'run' | 'state';
  data: Json<Record<string, unknown>>;
}

export interface ThroughputTable {
  connection_id: string;
  minute: Date;
  written: number;
}

export interface TaskRunTable {
  task: string;
  started_at: Date;
  ended_at: Date | null;
  problem: string | null;
}
