import type { Choice, Reason } from './shapes.ts';

export type FieldLevel = 'customer' | 'contact';

/** A Salesforce field that goes to a custom field of Upflow; one that is to be created has no id yet. */
export interface ImportedField {
  level: FieldLevel;
  field: string;
  upflowId?: string;
  upflowName?: string;
  upflowType?: string;
  create?: { name: string; type: string };
}

export interface ContactFilter {
  field: string;
  operator: string;
  values: string[];
}

export interface Positions {
  field: string;
  table: Record<string, string> | null;
}

export interface ImportSettings {
  owners: boolean;
  contacts: boolean;
  filter: ContactFilter | null;
  positions: Positions | null;
  fields: ImportedField[];
  imported: { contacts: number; fields: number; owners: number; customers: number };
  nextRunAt: string | null;
}

export interface ImportFieldOption extends Choice {
  name: string;
  fits: string[];
}

export interface ImportFields {
  customer: ImportFieldOption[];
  contact: ImportFieldOption[];
  upflow: { id: string; name: string; type: string; level: FieldLevel }[];
}

export interface ImportRun {
  id: string;
  kind: 'changes' | 'full' | 'purge' | 'removal';
  state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  phase: 'accounts' | 'contacts' | 'owners' | 'matching' | 'sending' | null;
  done: number;
  total: number | null;
  counts: Record<string, number>;
  reason: Reason | null;
  startedBy: string;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

export interface SkippedKind {
  code: string;
  kind: string;
  count: number;
  explanation: string;
  action: string;
}

export interface SkippedRow {
  id: string;
  customerId: string;
  kind: string;
  recordId: string;
  code: string;
  explanation: string;
  action: string;
  at: string;
}

export interface ImportReport {
  run: ImportRun | null;
  skipped: SkippedKind[];
}
