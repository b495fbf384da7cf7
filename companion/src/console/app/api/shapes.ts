/** Why something is as it is, and what a person can do about it. */
export interface Reason {
  code: string;
  message: string;
  explanation: string;
  action: string;
}

export interface Session {
  name: string;
  role: 'admin' | 'viewer';
  csrfToken: string;
  expiresAt: string;
  signOutUrl?: string;
}

export type StepState = 'done' | 'next' | 'todo';
export type StepName = 'upflow' | 'salesforce' | 'permissions' | 'identifier' | 'export';

export interface ConnectionView {
  id: string;
  name: string;
  state: string;
  stateReason: Reason | null;
  stateSince: string;
  createdAt: string;
  exporting: boolean;
  organizationId: string | null;
  upflow: {
    environment: string;
    apiKey: string;
    checkedAt: string | null;
    state: 'ok' | 'refused';
    reason: Reason | null;
    /** How far the first read of all customers has come. */
    read?: {
      state: 'running' | 'done' | 'failed';
      read: number;
      total: number | null;
      reason: Reason | null;
    } | null;
  } | null;
  pushUrl: string;
  pushSecrets: { id: string; createdAt: string; hint: string }[];
  apiTokens: { id: string; name: string; createdAt: string }[];
  salesforce: SalesforceView | null;
  identifier: { upflow: string; salesforce: string } | null;
  apiCallCap: number | null;
  steps: Record<StepName, StepState>;
}

/** How Upflow's API is read, and how the last pass went. */
export interface Sweep {
  isOn: boolean;
  intervalHours: number;
  state: 'never' | 'running' | 'done' | 'failed';
  whole: boolean;
  phase: 'customers' | 'payments' | 'invoices' | 'figures' | 'portal links' | null;
  read: number;
  total: number | null;
  changed: number;
  startedAt: string | null;
  endedAt: string | null;
  reason: Reason | null;
  lastWholeAt: string | null;
}

export type Flow = 'web-server' | 'jwt-bearer' | 'client-credentials';

export interface SalesforceView {
  flow: Flow;
  origin: string;
  instanceOrigin: string | null;
  clientId: string | null;
  userId: string | null;
  username: string | null;
  connectedAt: string | null;
  connectedBy: string | null;
}

export interface Authorization {
  state: 'waiting' | 'done' | 'failed' | 'expired';
  startedAt: string;
  reason: Reason | null;
  hints: { title: string; explanation: string; action: string }[];
}

export interface Approval {
  username: string;
  userId: string;
  count: number;
  connections: { id: string; name: string }[];
}

export interface PermissionReport {
  ok: boolean;
  user?: { username?: string; name?: string };
  checks: { name: string; ok: boolean; missing: string[]; explanation: string; action: string }[];
}

export interface Currency {
  organizationCurrency: string | null;
  multiCurrency: boolean;
  upflowCurrencies: string[];
  confirmed: boolean;
}

export interface IdentifierOptions {
  upflow: (Choice & { key: string; coverage: number | null })[];
  salesforce: (Choice & { name: string })[];
}

/** Something that may be picked, or not, and then why. */
export interface Choice {
  label: string;
  type: string;
  allowed: boolean;
  reason: string | Reason | null;
}

export interface Advice {
  /** `none` where the pairs were never ranked. */
  state: 'none' | 'running' | 'done' | 'failed';
  reason: Reason | null;
  customersRead: number;
  accountsRead: number;
  rows: {
    upflow: string;
    upflowLabel: string;
    salesforce: string;
    salesforceLabel: string;
    score: number;
    coverage: number;
    uniqueness: number;
    overlap: number;
    sentence: string;
  }[];
}

export interface Counts {
  customers: number;
  accounts: number;
  matched: number;
  missingInSalesforce: number;
  missingInUpflow: number;
  duplicate: number;
  formatting: number;
  manual: number;
}

export interface MatchPreview {
  state: 'running' | 'done' | 'failed';
  progress: number;
  pair: { upflow: string; salesforce: string };
  counts: Counts | null;
  rate: number | null;
  moves: { gain: number; lose: number; change: number } | null;
  reason: Reason | null;
}

export interface MatchRow {
  kind: string;
  customerId: string | null;
  customerName: string | null;
  customerValue: string | null;
  accounts: { id: string; name: string; value: string | null }[];
  evidence: string;
  link: { source: string; by: string | null; at: string } | null;
}

export interface Paged<Row> {
  rows: Row[];
  next: string | null;
}

export interface MatchReport extends Paged<MatchRow> {
  counts: Counts;
  madeAt: string | null;
  state: string;
}
