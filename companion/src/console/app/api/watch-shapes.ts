import type { Budget } from './export-shapes.ts';
import type { Reason } from './shapes.ts';

export interface PushRow {
  id: string;
  type: string;
  receivedAt: string;
  outcome: string | null;
  /** How many customers the push is about, or which ones. */
  customers: number | (string | { id: string; name?: string | null })[];
  reason: Reason | null;
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
  customer: { id: string; name: string | null; identifier?: string | null };
  account: { id: string; name: string | null; url?: string | null } | null;
  link: { source: string; by: string | null; at: string } | null;
  story: { at: string; what: string; detail: string | null; outcome: string | null; reason: Reason | null }[];
}

export interface Health {
  state: string;
  lagSeconds: number | null;
  backlog: number;
  perMinute: { at: string; written: number }[];
  budget: Budget;
  schedule: {
    name: string;
    every: string;
    lastAt: string | null;
    nextAt: string | null;
    lastResult: string | null;
  }[];
  lastRuns: unknown[];
  database: { kind: string; sizeBytes: number | null; version: string };
  process: { startedAt: string; version: string };
}

export interface Alerts {
  webhook: { url: string; on: boolean; secretHint: string | null } | null;
  mail: { to: string[]; on: boolean } | null;
  failureThreshold: number;
  failureWindowMinutes: number;
}

export interface AlertRow {
  at: string;
  what?: string;
  kind?: string;
  channel?: string;
  state?: string;
  detail?: string | null;
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
