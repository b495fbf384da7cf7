import { LONG_NAME } from './fake-connections.ts';

const at = '2026-11-30T09:12:00.000Z';

const choices = [
  { name: 'Open_Balance__c', label: 'Open Balance', type: 'currency', allowed: true, reason: null },
  {
    name: 'Legacy_Total__c',
    label: 'Legacy Total',
    type: 'text(10)',
    allowed: false,
    reason: 'A text field of 10 characters cannot hold an amount.',
  },
];
const value = (name: string, label: string, group: string, more: object = {}) => ({
  value: name,
  label,
  group,
  type: 'currency',
  packageField: `upflow__${label.replaceAll(' ', '_')}__c`,
  on: true,
  field: null,
  choices,
  problem: null,
  ...more,
});

export const mapping = {
  values: [
    value('outstanding', 'Outstanding Amount', 'Amounts'),
    value('overdue', 'Overdue Amount', 'Amounts', { field: 'Open_Balance__c' }),
    value('rating', 'Payer Rating', 'Behaviour', { type: 'text', on: false }),
    value('portalLink', 'Portal Link', 'Links', {
      type: 'long text',
      problem: 'The field upflow__Portal_Link__c cannot be edited by integration@acme.example.',
    }),
  ],
  customFields: [value('customField:9', LONG_NAME, 'Custom fields', { packageField: null, on: false })],
};

export const mappingPreview = {
  customer: { id: 'c1', name: 'Edge Communications' },
  account: { id: '0015g00000AbCdEAAV', name: 'Edge Communications' },
  fields: [
    {
      label: 'Outstanding Amount',
      field: 'upflow__Outstanding_Amount__c',
      before: 120,
      after: 148230.5,
      changes: true,
    },
    { label: 'Payer Rating', field: 'upflow__Payer_Rating__c', before: 'A', after: 'A', changes: false },
    {
      label: 'Portal Link',
      field: 'upflow__Portal_Link__c',
      before: null,
      after: `https://pay.upflow.io/${'a'.repeat(180)}`,
      changes: true,
    },
  ],
  reason: null,
};

export const preflight = {
  state: 'done',
  startedAt: at,
  tried: 200,
  wouldPass: 187,
  failures: [
    {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      count: 12,
      message: 'Fill in the VAT number before you save.',
      explanation: 'A validation rule of your org refuses every change of these Accounts.',
      action: 'Let the rule leave out the integration user, or fill in the VAT number.',
      accounts: [
        { id: '0015g00000AbCdEAAV', name: 'Edge Communications' },
        { id: '0015g00000AbCdFAAV', name: LONG_NAME },
      ],
    },
  ],
  reason: null,
};

export const exportRuns = {
  rows: [
    {
      id: 'run2',
      kind: 'full',
      state: 'running',
      total: 1089,
      done: 430,
      inJob: 0,
      counts: { written: 401, unchanged: 22, 'needs attention': 7 },
      startedAt: at,
      startedBy: 'Amina Okafor',
      endedAt: null,
      perMinute: 900,
      estimateMinutes: 1,
    },
    {
      id: 'run1',
      kind: 'selection',
      state: 'done',
      total: 3,
      done: 3,
      inJob: 0,
      counts: { written: 3 },
      startedAt: '2026-11-29T09:12:00.000Z',
      startedBy: null,
      endedAt: '2026-11-29T09:13:00.000Z',
      perMinute: 60,
      estimateMinutes: null,
    },
  ],
};

export const budget = {
  cap: 20_000,
  usedByUs24h: 6120,
  usedByOrg24h: 41_300,
  orgMax: 100_000,
  forecast: 9400,
  priority: 'largest overdue',
};
