import { LONG_NAME } from './fake-connections.ts';
import { budget } from './fake-export.ts';

const at = '2026-11-30T09:12:00.000Z';

export const LOCKED = {
  code: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record',
  explanation: 'Somebody else was changing this Account at that moment.',
  action: 'Nothing: it is tried again by itself. Retry if it stays.',
};

export const pushes = {
  rows: [
    {
      id: 'msg_2',
      type: 'customer.updated',
      receivedAt: at,
      outcome: 'needs attention',
      customers: 1,
      reason: LOCKED,
    },
    {
      id: 'msg_1',
      type: 'customers.updated',
      receivedAt: at,
      outcome: 'written',
      customers: 500,
      reason: null,
    },
    { id: 'msg_0', type: 'customer.updated', receivedAt: at, outcome: 'pending', customers: 1, reason: null },
  ],
  next: 'more',
};

export const runs = {
  rows: [
    {
      id: 'r3',
      work: 'import',
      state: 'running',
      startedBy: 'schedule',
      counts: { 'accounts.read': 1200, 'contacts.created': 3 },
      code: null,
      at,
    },
    {
      id: 'r2',
      work: 'sweep',
      state: 'failed',
      startedBy: null,
      counts: { read: 0, changed: 0 },
      code: 'upflow-unreachable',
      at,
    },
    {
      id: 'r1',
      work: 'export',
      state: 'done',
      startedBy: LONG_NAME,
      counts: { written: 25, unmatched: 1 },
      code: null,
      at,
    },
  ],
  next: null,
};

export const failures = {
  rows: [
    {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      outcome: 'needs attention',
      count: 12,
      since: at,
      message: 'Fill in the VAT number before you save.',
      explanation: 'A validation rule of your org refuses every change of these Accounts.',
      action: 'Let the rule leave out the integration user, or fill in the VAT number. Then retry.',
    },
    { ...LOCKED, outcome: 'needs attention', count: 1, since: at },
  ],
};

export const failureRows = {
  rows: [
    {
      customerId: 'c1',
      customerName: 'Edge Communications',
      accountId: '0015g00000AbCdEAAV',
      message: 'Fill in the VAT number.',
      since: at,
      pushId: 'msg_2',
    },
    {
      customerId: 'c2',
      customerName: LONG_NAME,
      accountId: '0015g00000AbCdFAAV',
      message: 'Fill in the VAT number.',
      since: at,
      pushId: 'msg_1',
    },
  ],
  next: null,
};

export const customers = {
  rows: [
    {
      id: 'c1',
      name: 'Edge Communications',
      identifier: '285',
      accountId: '0015g00000AbCdEAAV',
      outcome: 'written',
    },
    { id: 'c2', name: LONG_NAME, identifier: 'X'.repeat(60), accountId: null, outcome: 'unmatched' },
  ],
  next: null,
};

export const story = {
  customer: {
    id: 'c1',
    name: 'Edge Communications',
    identifier: '285',
    outcome: 'needs attention',
    reason: LOCKED,
  },
  account: { id: '0015g00000AbCdEAAV', identifier: '285' },
  link: { source: 'identifier', by: null, at },
  story: [
    {
      at,
      what: 'Not written',
      detail: 'Salesforce refused the change.',
      outcome: 'needs attention',
      reason: LOCKED,
    },
    { at, what: 'Matched', detail: 'External id 285 equals Billing Id 285.', outcome: null, reason: null },
    { at, what: 'Push received', detail: 'msg_2, customer.updated', outcome: null, reason: null },
  ],
};

export const health = {
  state: 'connected',
  lagSeconds: 2,
  backlog: 14,
  perMinute: Array.from({ length: 60 }, (_, minute) => ({
    at: new Date(Date.parse(at) + minute * 60_000).toISOString(),
    written: (minute * 37) % 90,
  })),
  budget,
  schedule: [
    { name: 'sweep', every: '1 hour', lastAt: at, nextAt: '2026-11-30T10:12:00.000Z', lastResult: 'done' },
    { name: 'import', every: '10 minutes', lastAt: null, nextAt: null, lastResult: null },
  ],
  lastRuns: [{ at, customers: 200, counts: { written: 188, unchanged: 11, 'needs attention': 1 } }],
  database: { kind: 'pglite', sizeBytes: 48_300_000, version: '17.4', problems: [] },
  process: { startedAt: at, version: '0.1.0' },
};

export const alerts = {
  webhook: { url: 'https://hooks.acme.example/services/upflow', on: true, secretHint: 'whsec_…9f' },
  mail: { to: ['ops@acme.example'], on: false },
  failureThreshold: 10,
  failureWindowMinutes: 60,
};

export const alertHistory = {
  rows: [
    {
      id: 'al2',
      event: 'opened',
      kind: 'state',
      code: 'reconnect needed',
      createdAt: at,
      channel: 'webhook',
      result: 'delivered',
      problem: null,
    },
    {
      id: 'al1',
      event: 'opened',
      kind: 'failures',
      code: 'failures',
      createdAt: at,
      channel: 'mail',
      result: 'failed',
      problem: 'The mail server cannot be reached.',
    },
  ],
  next: null,
};

export const audit = {
  rows: [
    {
      sequence: 12,
      at,
      actor: 'Amina Okafor',
      action: 'identifier.save',
      subject: 'acme',
      details: { upflow: 'externalId', salesforce: 'Billing_Id__c' },
      hash: '9f'.repeat(32),
    },
    {
      sequence: 11,
      at,
      actor: 'Build server',
      action: 'export.start',
      subject: 'acme',
      details: null,
      hash: 'ab'.repeat(32),
    },
  ],
  next: null,
  chain: 'whole',
};
