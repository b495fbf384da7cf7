import type { Budget } from './export-shapes.ts';
import type { Reason } from './shapes.ts';

export interface PushRow {
  id: string;
  type: string;
  receivedAt: string;
  outcome: string | null;
  /** How many customers the push is about. */
  customers: number;
  reason: Reason | null;
}

export interface RunRow {
  id: string;
  work: 'export' | 'import' | 'sweep' | 'drift audit';
  state: string;
  startedBy: string | null;
  counts: Record<string, number>;
  code: string | null;
  at: string;
}

export interface FailureGroup {
  code: string;
  outcome: string;
  count: number;
  since: string;
  message: string;
  explanation: string;
  action: string;
}

export interface FailureRow {
  customerId: string;
  customerName: string | null;
  accountId: string | null;
  message: string;
  since: string;
  pushId: string | null;
}

export interface CustomerRow {
  id: string;
  name: string | null;
  identifier: string | null;
  accountId: string | null;
  outcome: string | null;
}

export interface CustomerStory {
  customer: {
    id: string;
    name: string | null;
    identifier?: string | null;
    outcome?: string | null;
    reason?: Reason | null;
  };
  account: { id: string; identifier?: string | null } | null;
  link: { source: string; by: string | null; at: string } | null;
  story: { at: string; what: string; detail: string | null; outcome: string | null; reason: Reason | null }[];
}

export interface Health {
  state: string;
  /** Until when no call to Salesforce is made after failed ones. */
  hold?: { until: string; reason: Reason } | null;
  lagSeconds: number | null;
  backlog: number;
  perMinute: { at: string; written: number }[];
  budget?: Budget;
  schedule: {
    name: string;
    every: string;
    lastAt: string | null;
    nextAt: string | null;
    lastResult: string | null;
  }[];
  lastRuns: { at: string; customers: number; counts: Record<string, number> }[];
  database: { kind: string; sizeBytes: number | null; version: string; problems?: Reason[] };
  process: { startedAt: string; version: string };
}

export interface Alerts {
  /** `secret` comes once, with the answer to the call that made it. */
  webhook: { url: string; on: boolean; secretHint: string | null; secret?: string } | null;
  mail: { to: string[]; on: boolean } | null;
  failureThreshold: number | null;
  failureWindowMinutes: number;
}

export interface AlertAttempt {
  channel: string;
  /** Null while it is on its way. */
  result: string | null;
  problem: string | null;
}

export interface AlertRow extends AlertAttempt {
  id: string;
  event: string;
  kind: string;
  code: string;
  createdAt: string;
}

export interface AuditRow {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  subject: string | null;
  details: unknown;
  hash: string;
}
