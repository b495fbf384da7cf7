import { LONG_NAME } from './fake-connections.ts';

const at = '2026-11-30T02:10:00.000Z';

const audit = (id: string, more: object = {}) => ({
  id,
  state: 'done',
  ofAudit: null,
  requestedBy: 'schedule',
  requestedAt: at,
  startedAt: at,
  endedAt: at,
  total: 1042,
  compared: 1038,
  leftOut: 4,
  drifted: 0,
  gone: 0,
  calls: 3,
  counts: {},
  reason: null,
  ...more,
});

export const found = audit('9d5f7c40-0000-4000-8000-000000000003', {
  drifted: 3,
  gone: 1,
  counts: { upflow__Outstanding_Amount__c: 2, upflow__Portal_Link__c: 1, '': 1 },
});

export const audits = {
  schedule: 'daily',
  nextAt: '2026-12-01T02:10:00.000Z',
  rows: [
    found,
    audit('9d5f7c40-0000-4000-8000-000000000002', {
      state: 'refused',
      requestedBy: 'Amina Okafor',
      compared: 0,
      reason: {
        code: 'too-few-calls',
        message: 'The audit takes about 3 API calls, and 0 of the 500 in 24 hours are left.',
        explanation: 'The audit was not begun.',
        action: 'Raise the cap of API calls of this connection, or audit again later.',
      },
    }),
    audit('9d5f7c40-0000-4000-8000-000000000001'),
  ],
  next: null,
};

const row = (customerId: string, customerName: string, more: object) => ({
  accountId: '0015g00000AbCdEAAV',
  customerId,
  customerName,
  field: 'upflow__Outstanding_Amount__c',
  kind: 'changed',
  shows: '1200',
  shouldShow: '148230.5',
  repair: null,
  ...more,
});

export const rows = {
  rows: [
    row('c1', LONG_NAME, {}),
    row('c2', 'Edge Communications', { kind: 'blanked', shows: null, repair: 'done' }),
    row('c3', 'Burlington Textiles', {
      field: 'upflow__Portal_Link__c',
      shows: 'https://pay.example.com/of-somebody-else',
      shouldShow: `https://pay.example.com/${'a1b2c3'.repeat(20)}`,
      repair: 'failed',
    }),
    row('c4', 'Pyramid Construction', { field: null, kind: 'gone', shows: null, shouldShow: null }),
  ],
  next: null,
};

export const erasures = {
  rows: [
    {
      id: 'e2',
      state: 'clearing',
      customerId: '0b8e6c1e-6a1f-4b0e-9d53-2f2b6c1d7e88',
      requestedBy: 'Amina Okafor',
      requestedAt: at,
      endedAt: null,
      nextAttemptAt: at,
      reason: {
        code: 'paused',
        message: 'The connection is paused.',
        explanation: 'The fields on the Account cannot be cleared now. All else is deleted.',
        action: 'Resume the connection.',
      },
      counts: { push: 3, push_effect: 3 },
    },
    {
      id: 'e1',
      state: 'done',
      customerId: null,
      requestedBy: 'Amina Okafor',
      requestedAt: at,
      endedAt: at,
      nextAttemptAt: null,
      reason: null,
      counts: { push: 12, push_effect: 14, customer_event: 9, match_row: 1, customer: 1, account: 1 },
    },
  ],
  next: null,
};
