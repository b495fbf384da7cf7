import { LONG_NAME } from './fake-connections.ts';

const at = '2026-11-30T09:10:00.000Z';

export const settings = {
  owners: true,
  contacts: true,
  filter: { field: 'Department', operator: 'in list', values: ['Finance', 'Accounting'] },
  positions: { field: 'Department', table: { Finance: 'ACCOUNTING' } },
  fields: [
    { level: 'customer', field: 'Industry', upflowId: 'f1', upflowName: LONG_NAME, upflowType: 'SELECT' },
    { level: 'contact', field: 'Department', upflowId: 'f2', upflowName: 'Department', upflowType: 'TEXT' },
  ],
  imported: { contacts: 2841, fields: 960, owners: 1002, customers: 1040 },
  nextRunAt: at,
};

const option = (name: string, label: string, type: string, fits: string[], reason: string | null = null) => ({
  ...{ name, label, type, fits, reason },
  allowed: reason === null,
});

export const fields = {
  customer: [
    option('Industry', 'Industry', 'Picklist', ['SELECT', 'TEXT']),
    option('NumberOfEmployees', 'Employees', 'Number', ['NUMBER', 'TEXT']),
    option('BillingAddress', 'Billing Address', 'Address', [], 'An address is a group of fields.'),
  ],
  contact: [
    option('Department', 'Department', 'Text', ['TEXT']),
    option('Level__c', 'Level', 'Picklist', ['SELECT']),
  ],
  upflow: [
    { id: 'f1', name: LONG_NAME, type: 'SELECT', level: 'customer' },
    { id: 'f2', name: 'Department', type: 'TEXT', level: 'contact' },
    { id: 'f3', name: 'Headcount', type: 'NUMBER', level: 'customer' },
  ],
};

const run = (id: string, more: object = {}) => ({
  id,
  kind: 'changes',
  state: 'done',
  phase: 'sending',
  done: 12,
  total: 12,
  counts: {
    'accounts.read': 31,
    'contacts.read': 70,
    'contacts.created': 4,
    'contacts.updated': 2,
    'skipped.no-email': 3,
  },
  reason: null,
  startedBy: 'schedule',
  createdAt: at,
  startedAt: at,
  endedAt: at,
  ...more,
});

const reason = {
  code: 'upflow-network',
  message: 'Upflow could not be reached: ECONNREFUSED',
  explanation: 'Upflow could not be reached from this machine.',
  action: 'Check that the companion may reach Upflow, then try again.',
};

export const running = run('r3', {
  kind: 'full',
  state: 'running',
  phase: 'accounts',
  done: 2000,
  total: 5000,
  endedAt: null,
});

export const runs = {
  rows: [
    running,
    run('r2', { startedBy: 'Amina Okafor', state: 'failed', reason, counts: { 'accounts.read': 31 } }),
    run('r1'),
  ],
  next: null,
};

const skip = (code: string, kind: string, explanation: string, action: string) => ({
  code,
  kind,
  explanation,
  action,
});
const noEmail = skip(
  'no-email',
  'contact',
  'The contact has no email address.',
  'Fill Email on the contact.',
);
const inactive = skip(
  'owner-inactive',
  'owner',
  'The Account owner is an inactive user.',
  'Give the Account to an active user.',
);

export const present = {
  run: null,
  skipped: [
    { ...noEmail, count: 3 },
    { ...inactive, count: 1 },
  ],
  rows: [
    { ...noEmail, id: '1', customerId: 'c1', recordId: '0035g00000AbCdEAAV', at },
    {
      ...inactive,
      id: '2',
      customerId: '0b8e6c1e-6a1f-4b0e-9d53-2f2b6c1d7e88',
      recordId: '0055g00000AbCdEAAV',
      at,
    },
  ],
  next: null,
};
