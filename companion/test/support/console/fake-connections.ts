const at = '2026-11-30T09:12:00.000Z';
export const LONG_NAME =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG';

export const REVOKED = {
  code: 'invalid_grant',
  message: 'expired access/refresh token',
  explanation:
    'Salesforce no longer accepts the sign-in of integration@acme.example: it was revoked in Salesforce.',
  action: 'Reconnect. Pushes that arrived meanwhile are kept and written afterwards.',
};

/** How Upflow was read last. */
export const sweep = {
  ...{ isOn: true, intervalHours: 6, state: 'running', whole: true, phase: 'invoices' },
  ...{ read: 41_500, total: 96_000, changed: 12, reason: null },
  ...{ startedAt: '2026-11-24T09:12:00Z', endedAt: null, lastWholeAt: '2026-11-24T03:10:00Z' },
};
const steps = { upflow: 'done', salesforce: 'done', permissions: 'done', identifier: 'done', export: 'done' };

export const acme = {
  id: 'acme',
  name: 'Acme Europe',
  state: 'connected',
  stateReason: null,
  stateSince: at,
  createdAt: '2026-11-02T08:00:00.000Z',
  exporting: true,
  organizationId: '00D5g00000AbCdEEAZ',
  upflow: { environment: 'production', apiKey: '4f2a', checkedAt: at, state: 'ok', reason: null },
  pushUrl: 'https://companion.acme.example/v1/connections/acme/pushes',
  pushSecrets: [{ id: 'ps1', createdAt: at, hint: 'whsec_…x7Qe' }],
  apiTokens: [{ id: 'at1', name: 'Build server', createdAt: at }],
  salesforce: {
    flow: 'web-server',
    origin: 'https://acme.my.salesforce.com',
    instanceOrigin: 'https://acme.my.salesforce.com',
    clientId: '3MVG9…kQ1',
    userId: '0055g00000AbCdE',
    username: 'integration@acme.example',
    connectedAt: at,
    connectedBy: 'Amina Okafor',
  },
  identifier: { upflow: 'externalId', salesforce: 'Billing_Id__c' },
  apiCallCap: 20_000,
  steps,
};

/** Nothing is set up yet. */
export const fresh = {
  ...acme,
  id: 'fresh',
  name: LONG_NAME,
  state: 'disconnected',
  exporting: false,
  organizationId: null,
  upflow: null,
  pushUrl: 'https://companion.acme.example/v1/connections/fresh/pushes',
  pushSecrets: [],
  apiTokens: [],
  salesforce: null,
  identifier: null,
  apiCallCap: null,
  steps: { upflow: 'next', salesforce: 'todo', permissions: 'todo', identifier: 'todo', export: 'todo' },
};

/** Salesforce refuses its sign-in. */
export const broken = {
  ...acme,
  id: 'broken',
  name: 'Acme Americas',
  state: 'reconnect needed',
  stateReason: REVOKED,
  steps: { ...steps, salesforce: 'next' },
};

export const permissions = {
  ok: false,
  user: { username: 'integration@acme.example', name: 'Integration User' },
  checks: [
    { name: 'API access', ok: true, missing: [], explanation: 'The user may call the API.', action: '' },
    {
      name: 'Fields of Account',
      ok: false,
      missing: ['Account.Outstanding_Amount__c: edit', 'Account.Overdue_Amount__c: edit'],
      explanation: 'The user cannot edit two fields that are exported, so their values are not written.',
      action: 'In Setup, open Permission Sets, and assign “Upflow Integration” to integration@acme.example.',
    },
    { name: 'Read Contacts', ok: true, missing: [], explanation: 'The user may read Contacts.', action: '' },
  ],
};

export const approvals = {
  limit: 5,
  rows: [
    {
      username: 'integration@acme.example',
      userId: '0055g00000AbCdE',
      count: 4,
      connections: [
        { id: 'acme', name: 'Acme Europe' },
        { id: 'broken', name: 'Acme Americas' },
      ],
    },
  ],
};

export const authorization = {
  state: 'waiting',
  startedAt: at,
  reason: null,
  hints: [
    {
      title: 'Salesforce showed an error page',
      explanation:
        'Where the app is not installed in the org, or the user may not use it, Salesforce never sends anybody back here.',
      action: 'Install the connected app in the org, let the user use it, then start again.',
    },
    {
      title: 'The tab was closed',
      explanation: 'Nothing has changed: without an answer nothing is kept.',
      action: 'Start again.',
    },
  ],
};

export const currency = {
  organizationCurrency: 'EUR',
  multiCurrency: false,
  upflowCurrencies: ['EUR', 'USD'],
  confirmed: false,
};
