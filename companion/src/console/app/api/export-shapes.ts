import type { Choice, Reason } from './shapes.ts';

export interface MappedValue {
  value: string;
  label: string;
  group: string;
  type: string;
  packageField: string | null;
  on: boolean;
  field: string | null;
  choices: (Choice & { name: string })[];
  problem: string | Reason | null;
}

export interface Mapping {
  values: MappedValue[];
  customFields: MappedValue[];
}

export interface MappingPreview {
  customer: { id: string; name: string };
  account: { id: string; name: string } | null;
  fields: { label: string; field: string; before: unknown; after: unknown; changes: boolean }[];
  reason: Reason | null;
}

export interface PreflightReport {
  state: 'running' | 'done' | 'failed';
  startedAt: string;
  tried: number;
  wouldPass: number;
  failures: {
    code: string;
    count: number;
    message: string;
    explanation: string;
    action: string;
    accounts: { id: string; name: string }[];
  }[];
  reason: Reason | null;
}

export interface ExportRun {
  id: string;
  kind: 'full' | 'selection' | 'mapping';
  state: 'running' | 'paused' | 'done' | 'cancelled';
  total: number;
  done: number;
  /** Accounts that a bulk job under way has tried. */
  inJob: number;
  counts: Record<string, number>;
  startedAt: string;
  startedBy: string | null;
  endedAt: string | null;
  perMinute: number | null;
  estimateMinutes: number | null;
}

export interface Budget {
  cap: number | null;
  usedByUs24h: number;
  usedByOrg24h: number | null;
  orgMax: number | null;
  forecast: number | null;
  priority: string;
}
