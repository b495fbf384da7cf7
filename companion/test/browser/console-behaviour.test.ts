import { expect, test } from '@jest/globals';
import { LOCKED } from '../support/console/fake-watching.ts';
import { withFakeConsole } from '../support/console/with-fake-console.ts';
import { session } from '../support/serve-fake-console-api.ts';

const view = withFakeConsole();
const { open, button } = view;

test('a refused key is shown with what it means and what to do, and what was entered stays', async () => {
  view.fake.refuse('PUT /v1/connections/fresh/upflow', 422, 'upflow-refused', {
    reason: {
      code: 'upflow-refused',
      message: 'Upflow refuses this key',
      explanation: 'The key and its secret do not belong together.',
      action: 'Copy both from Upflow again.',
    },
  });
  await open('/connections/fresh/upflow');
  await view.page.getByLabel('API key', { exact: false }).first().fill('key-1');
  await view.page.getByLabel('API secret', { exact: false }).fill('secret-1');
  await button('Connect Upflow').click();
  const alert = view.page.getByRole('alert');
  await alert.getByText('Upflow refuses this key').waitFor();
  expect(await alert.innerText()).toContain('What to do: Copy both from Upflow again.');
  expect(await view.page.getByLabel('API secret', { exact: false }).inputValue()).toBe('secret-1');
});

test('a page that cannot be fetched says why, and Try again fetches it', async () => {
  view.fake.refuse('GET /v1/connections/acme/mapping', 502, 'salesforce-unreachable', {
    title: 'Salesforce cannot be reached',
  });
  await open('/connections/acme/mapping');
  await view.page.getByText('Salesforce cannot be reached').waitFor();
  view.fake.reset();
  await button('Try again').click();
  await view.page.getByText('Outstanding Amount', { exact: true }).waitFor();
});

test('a viewer sees everything, is told why nothing can be changed, and has no button that would', async () => {
  view.fake.answer('GET /v1/session', { ...session, role: 'viewer' });
  const places = [
    '',
    '/upflow',
    '/salesforce',
    '/identifier',
    '/mapping',
    '/preflight',
    '/exports',
    '/matches',
    '/alerts',
    '/health',
    '/activity?show=failures',
  ];
  const writing =
    /^(Pause|Disconnect|Reconnect|Change|Remove|Rotate|Create|Switch|Sign in to|Save|Rank|Run|Start|Export|Cancel|Accept|Link|Unlink|Undo|Make|Retry|Send|Confirm|Use)/;
  const found: string[] = [];
  await open('/connections/acme');
  for (const place of places) {
    await view.page.evaluate(`location.hash = ${JSON.stringify(`/connections/acme${place}`)}`);
    await view.page.getByText('your role is viewer').waitFor();
    await view.page.waitForTimeout(150);
    found.push(...(await view.page.getByRole('button', { name: writing }).allInnerTexts()));
  }
  expect(found).toEqual([]);
  expect(view.fake.writes.filter(({ path }) => !path.endsWith('/previews'))).toEqual([]);
});

test('when the session ends, signing in again leads back to the same place', async () => {
  await open('/connections/acme/exports');
  view.fake.refuse('GET /v1/connections/acme/alerts', 401, 'not-signed-in', {
    signInWays: ['link', 'openid-connect'],
  });
  await view.page.getByRole('link', { name: 'Alerts' }).click();
  await view.page.getByText('Your session has ended.').waitFor();
  await button('Sign in with your organization').waitFor();
  view.fake.reset();
  await view.page.goto('about:blank');
  await view.page.goto(`${view.fake.url}/console/sign-in#one-time-token`);
  await button('Sign in').click();
  await view.page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  expect(view.page.url()).not.toContain('one-time-token');
  expect(view.fake.writes).toMatchObject([{ path: '/v1/session/link', body: { token: 'one-time-token' } }]);
});

test('a used link is refused with the way to a new one', async () => {
  view.fake.refuse('POST /v1/session/link', 401, 'link-not-valid', {
    title: 'This link is not valid any more',
  });
  view.fake.refuse('GET /v1/session', 401, 'not-signed-in', { signInWays: ['link'] });
  await view.page.goto(`${view.fake.url}/console/sign-in#used`);
  await button('Sign in').click();
  await view.page.getByRole('alert').getByText('This link is not valid any more').waitFor();
  await view.page.getByText('npm run console-link').waitFor();
});

test('a new push secret is shown once, in full, and gone when the page is opened again', async () => {
  await open('/connections/acme/upflow');
  await button('Rotate secret').click();
  await view.page.getByText('it is shown only once').waitFor();
  expect(await view.page.getByLabel('Push secret', { exact: true }).inputValue()).toBe(
    'whsec_bmV3LXNlY3JldA==',
  );
  expect(view.fake.writes).toMatchObject([{ csrfToken: 'csrf-1' }]);
  await view.page.reload();
  await view.page.getByText('whsec_…x7Qe').waitFor();
  expect(await view.page.getByText('it is shown only once').count()).toBe(0);
});

test('pushes appear as they come, and stand still on request', async () => {
  await open('/connections/acme/activity');
  await view.page.getByText('Live', { exact: true }).waitFor();
  const newest = {
    id: 'msg_9',
    type: 'customer.deleted',
    receivedAt: '2026-12-01T10:00:00Z',
    outcome: 'pending',
    customers: 1,
    reason: null,
  };
  view.fake.answer('GET /v1/connections/acme/pushes', { rows: [newest], next: null });
  view.fake.tell('push', { at: newest.receivedAt, id: 'msg_9', type: newest.type });
  await view.page.getByText('customer.deleted').waitFor();
  await view.page.getByText('Live. 1 push came since you opened this page.').waitFor();
  await button('Hold still').click();
  view.fake.answer('GET /v1/connections/acme/pushes', {
    rows: [{ ...newest, id: 'msg_10', reason: LOCKED }],
    next: null,
  });
  view.fake.tell('push', { at: newest.receivedAt, more: 5 });
  await view.page.getByText('Paused. 5 pushes came meanwhile.').waitFor();
  expect(await view.page.getByText('msg_10').count()).toBe(0);
  await button('Follow live').click();
  await view.page.getByText('unable to obtain exclusive access').waitFor();
});

test('before a sixth approval its victim is named, and one can go on as another user', async () => {
  const call = 'POST /v1/connections/fresh/salesforce/authorizations';
  view.fake.refuse(call, 409, 'five-approvals', { connections: [{ id: 'acme', name: 'Acme Europe' }] });
  await open('/connections/fresh/salesforce');
  await view.page.getByLabel('My Domain', { exact: false }).fill('acme');
  await button('Sign in to Salesforce').click();
  await view.page.getByText('would cut off another connection').waitFor();
  await view.page.locator('.endangered').getByText('Acme Europe').waitFor();
  view.fake.answer(
    call,
    { id: 'auth1', url: '/console/?back#/connections/fresh/salesforce', expiresAt: '2026-12-01T10:00:00Z' },
    201,
  );
  await button('Continue as another user').click();
  await view.page.getByText('Salesforce has not answered yet').waitFor();
  expect(view.fake.writes.at(-1)).toMatchObject({ body: { asAnotherUser: true } });
  await view.page.getByText('Salesforce showed an error page').waitFor();
  view.fake.answer('GET /v1/connections/fresh/salesforce/authorizations/auth1', {
    state: 'done',
    startedAt: '2026-12-01T10:00:00Z',
    reason: null,
    hints: [],
  });
  await view.page.getByText('Salesforce is connected.').waitFor();
});

test('another identifier is previewed with what would move before it can be saved', async () => {
  await open('/connections/acme/identifier');
  await view.page.getByLabel('In Upflow').selectOption('accountingRef');
  await view.page.getByLabel('In Salesforce').selectOption('AccountNumber');
  expect(await button('Save identifier').count()).toBe(0);
  await button('Preview matches').click();
  await view.page.getByText('33.4% of 1,204 customers would be matched.').waitFor();
  await view.page.getByText('690 would lose theirs').waitFor();
  await button('Save identifier').click();
  await view.page.getByText('The shared identifier is saved.').waitFor();
  expect(view.fake.writes.at(-1)).toMatchObject({
    body: { upflow: 'accountingRef', salesforce: 'AccountNumber', previewId: 'p1' },
  });
});

test('a customer is linked by hand to an Account that is searched for', async () => {
  await open('/connections/acme/matches?kind=missing-in-salesforce');
  await button('Link by hand: Pyramid Construction').click();
  await view.page.getByLabel('Search Accounts by name or value').fill('pyramid');
  await button('Link: Pyramid Construction Inc.').click();
  await view.page.getByText('Linked.').waitFor();
  expect(view.fake.writes).toMatchObject([
    { path: '/v1/connections/acme/links', body: { customerId: 'c3', accountId: '0015g00000AbCdJAAV' } },
  ]);
});

test('only what was changed in the mapping is saved, and a value that is turned off can be cleared', async () => {
  await open('/connections/acme/mapping');
  await view.page.getByRole('switch', { name: 'Write Overdue Amount' }).uncheck();
  await view.page.getByLabel('Clear Overdue Amount on all Accounts').check();
  await view.page.getByText('1 change not yet saved').waitFor();
  await button('Save mapping').click();
  await view.page.getByText('The mapping is saved.').waitFor();
  expect(view.fake.writes).toMatchObject([
    { body: { choices: { overdue: { on: false, field: 'Open_Balance__c', clear: true } } } },
  ]);
});

test('customers that are exported again show how they ended without the page being opened anew', async () => {
  const customer = { id: 'c1', name: 'Northwind', identifier: 'K-1', accountId: null };
  view.fake.answer('GET /v1/connections/acme/exports', { rows: [], next: null });
  view.fake.answer('GET /v1/connections/acme/customers', {
    rows: [{ ...customer, outcome: 'failed' }],
    next: null,
  });
  await open('/connections/acme/exports');
  await view.page.getByText('Failed', { exact: true }).waitFor();
  const run = {
    id: 'r1',
    kind: 'selection',
    state: 'done',
    total: 1,
    done: 1,
    counts: { written: 1 },
    startedAt: '2026-12-01T10:00:00Z',
    startedBy: 'ada@acme.example',
  };
  view.fake.answer('GET /v1/connections/acme/exports', { rows: [run], next: null });
  view.fake.answer('GET /v1/connections/acme/customers', {
    rows: [{ ...customer, outcome: 'written' }],
    next: null,
  });
  await view.page.getByRole('checkbox', { name: 'Select Northwind' }).check();
  await button('Export 1 customer again').click();
  await view.page.getByText('Written', { exact: true }).waitFor();
});
