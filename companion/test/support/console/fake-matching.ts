import { LONG_NAME } from './fake-connections.ts';

const at = '2026-11-30T09:12:00.000Z';
const accountId = '0015g00000AbCdEAAV';

export const counts = {
  customers: 1204,
  accounts: 1388,
  matched: 1089,
  missingInSalesforce: 41,
  missingInUpflow: 262,
  duplicate: 14,
  formatting: 52,
  manual: 8,
};

export const options = {
  upflow: [
    { key: 'externalId', label: 'External id', type: 'text', allowed: true, reason: null, coverage: 0.98 },
    {
      key: 'accountingRef',
      label: 'Accounting reference',
      type: 'text',
      allowed: true,
      reason: null,
      coverage: 0.91,
    },
    {
      key: 'customField:9',
      label: 'Tier',
      type: 'select',
      allowed: false,
      reason: 'A select field repeats its values.',
      coverage: 0.4,
    },
  ],
  salesforce: [
    { name: 'Id', label: 'Account ID', type: 'id', allowed: true, reason: null },
    { name: 'Billing_Id__c', label: 'Billing Id', type: 'text', allowed: true, reason: null },
    { name: 'AccountNumber', label: 'Account Number', type: 'text', allowed: true, reason: null },
    {
      name: 'IsPartner',
      label: 'Partner',
      type: 'checkbox',
      allowed: false,
      reason: 'A checkbox has two values only.',
    },
    {
      name: 'CreatedDate',
      label: 'Created Date',
      type: 'datetime',
      allowed: false,
      reason: 'A moment names no customer.',
    },
  ],
};

export const advice = {
  state: 'done',
  customersRead: 1204,
  accountsRead: 1388,
  rows: [
    {
      upflow: 'externalId',
      upflowLabel: 'External id',
      salesforce: 'Billing_Id__c',
      salesforceLabel: 'Billing Id',
      score: 0.93,
      coverage: 0.98,
      uniqueness: 0.99,
      overlap: 0.95,
      sentence:
        '98 % of customers have a value, nearly all are unique, and 95 % of them are found on an Account.',
    },
    {
      upflow: 'accountingRef',
      upflowLabel: 'Accounting reference',
      salesforce: 'AccountNumber',
      salesforceLabel: 'Account Number',
      score: 0.41,
      coverage: 0.91,
      uniqueness: 0.88,
      overlap: 0.32,
      sentence: 'Only 32 % of the values are found on an Account.',
    },
  ],
};

export const preview = {
  state: 'done',
  progress: 1,
  pair: { upflow: 'accountingRef', salesforce: 'AccountNumber' },
  counts: { ...counts, matched: 402, missingInSalesforce: 728 },
  rate: 0.334,
  moves: { gain: 12, lose: 690, change: 9 },
  reason: null,
};

const link = { source: 'manual', by: 'Amina Okafor', at };

export const matchRows = {
  matched: [
    {
      kind: 'matched',
      customerId: 'c1',
      customerName: 'Edge Communications',
      customerValue: '285',
      accounts: [{ id: accountId, name: 'Edge Communications', value: '285' }],
      evidence: 'External id 285 equals Billing Id 285.',
      link: null,
    },
    {
      kind: 'matched',
      customerId: 'c2',
      customerName: LONG_NAME,
      customerValue: 'X'.repeat(60),
      accounts: [{ id: '0015g00000AbCdFAAV', name: LONG_NAME, value: 'X'.repeat(60) }],
      evidence: 'Linked by hand.',
      link,
    },
  ],
  'missing-in-salesforce': [
    {
      kind: 'missing-in-salesforce',
      customerId: 'c3',
      customerName: 'Pyramid Construction',
      customerValue: '912',
      accounts: [],
      evidence: 'No Account has 912 as its Billing Id.',
      link: null,
    },
  ],
  formatting: [
    {
      kind: 'formatting',
      customerId: 'c4',
      customerName: 'Grand Hotels',
      customerValue: '00417',
      accounts: [{ id: '0015g00000AbCdGAAV', name: 'Grand Hotels & Resorts', value: '417' }],
      evidence: '00417 and 417 differ only by zeros in front.',
      link: null,
    },
  ],
  duplicate: [
    {
      kind: 'duplicate',
      customerId: 'c5',
      customerName: 'Burlington Textiles',
      customerValue: '77',
      accounts: [
        { id: '0015g00000AbCdHAAV', name: 'Burlington Textiles', value: '77' },
        { id: '0015g00000AbCdIAAV', name: 'Burlington Textiles (old)', value: '77' },
      ],
      evidence: 'Two Accounts have 77 as their Billing Id.',
      link: null,
    },
  ],
  manual: [
    {
      kind: 'manual',
      customerId: 'c2',
      customerName: LONG_NAME,
      customerValue: 'X'.repeat(60),
      accounts: [{ id: '0015g00000AbCdFAAV', name: LONG_NAME, value: null }],
      evidence: 'Linked by Amina Okafor.',
      link,
    },
  ],
  'missing-in-upflow': [],
} as const;

export const links = {
  rows: [
    {
      customerId: 'c2',
      accountId: '0015g00000AbCdFAAV',
      action: 'link',
      by: 'Amina Okafor',
      at,
      undone: false,
    },
  ],
  next: null,
};

export const accounts = {
  rows: [
    { id: '0015g00000AbCdJAAV', name: 'Pyramid Construction Inc.', value: null },
    { id: '0015g00000AbCdKAAV', name: LONG_NAME, value: '9'.repeat(40) },
  ],
};
