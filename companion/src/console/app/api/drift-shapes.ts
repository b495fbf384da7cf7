import type { Reason } from './shapes.ts';

export interface DriftAudit {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'refused';
  ofAudit: string | null;
  requestedBy: string;
  requestedAt: string;
  endedAt: string | null;
  total: number;
  compared: number;
  leftOut: number;
  drifted: number;
  gone: number;
  calls: number;
  /** Drifted Accounts by field; those that are gone under an empty name. */
  counts: Record<string, number>;
  reason: Reason | null;
}

export interface DriftSetting {
  schedule: 'off' | 'daily' | 'weekly';
  nextAt: string | null;
}

export interface DriftRow {
  accountId: string;
  customerId: string;
  customerName: string;
  /** Null where the Account is gone. */
  field: string | null;
  kind: 'blanked' | 'changed' | 'gone';
  shows: string | null;
  shouldShow: string | null;
  repair: 'running' | 'done' | 'failed' | null;
}

export interface Erasure {
  id: string;
  state: 'clearing' | 'done';
  customerId: string | null;
  requestedBy: string;
  requestedAt: string;
  endedAt: string | null;
  reason: Reason | null;
  counts: Record<string, number>;
}
