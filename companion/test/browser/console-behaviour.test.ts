import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { LOCKED } from '../support/console/fake-watching.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { type FakeConsole, serveFakeConsoleApi, session } from '../support/serve-fake-console-api.ts';

let browser: Browser;
let fake: FakeConsole;
let page: Page;

beforeAll(async () => {
  [browser, fake] = await Promise.all([launchBrowser(), serveFakeConsoleApi()]);
}, 120_000);
beforeEach(async () => {
  fake.reset();
  page = await (await openContext(browser)).newPage();
});
afterAll(async () => {
  await Promise.all([browser.close(), fake.close()]);
});

async function open(place: string): Promise<void> {
  await page.goto(`${fake.url}/console/#${place}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('a refused key is shown with what it means and what to do, and what was entered stays', async () => {
  fake.refuse('PUT /v1/connections/fresh/upflow', 422, 'upflow-refused', {
    reason: {
      code: 'upflow-refused',
      message: 'Upflow refuses this key',
      explanation: 'The key and its secret do not belong together.',
      action: 'Copy both from Upflow again.',
    },
  });
  await open('/connections/fresh/upflow');
  await page.getByLabel('API key', { exact: false }).first().fill('key-1');
  await page.getByLabel('API secret', { exact: false }).fill('secret-1');
  await button('Connect Upflow').click();
  const alert = page.getByRole('alert');
  await alert.getByText('Upflow refuses this key').waitFor();
  expect(await alert.innerText()).toContain('What to do: Copy both from Upflow again.');
  expect(await page.getByLabel('API secret', { exact: false }).inputValue()).toBe('secret-1');
});

test('a page that cannot be fetched says why, and Try again fetches it', async () => {
  fake.refuse('GET /v1/connections/acme/mapping', 502, 'salesforce-unreachable', {
    title: 'Salesforce cannot be reached',
  });
  await open('/connections/acme/mapping');
  await page.getByText('Salesforce cannot be reached').waitFor();
  fake.reset();
  await button('Try again').click();
  await page.getByText('Outstanding Amount', { exact: true }).waitFor();
});

test('a viewer sees everything, is told why nothing can be changed, and has no button that would', async () => {
  fake.answer('GET /v1/session', { ...session, role: 'viewer' });
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
    await page.evaluate(`location.hash = ${JSON.stringify(`/connections/acme${place}`)}`);
    await page.getByText('your role is viewer').waitFor();
    await page.waitForTimeout(150);
    found.push(...(await page.getByRole('button', { name: writing }).allInnerTexts()));
  }
  expect(found).toEqual([]);
  expect(fake.writes.filter(({ path }) => !path.endsWith('/previews'))).toEqual([]);
});

test('when the session ends, signing in again leads back to the same place', async () => {
  await open('/connections/acme/exports');
  fake.refuse('GET /v1/connections/acme/alerts', 401, 'not-signed-in', {
    signInWays: ['link', 'openid-connect'],
  });
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByText('Your session has ended.').waitFor();
  await button('Sign in with your organization').waitFor();
  fake.reset();
  await page.goto('about:blank');
  await page.goto(`${fake.url}/console/sign-in#one-time-token`);
  await button('Sign in').click();
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  expect(page.url()).not.toContain('one-time-token');
  expect(fake.writes).toMatchObject([{ path: '/v1/session/link', body: { token: 'one-time-token' } }]);
});

test('a used link is refused with the way to a new one', async () => {
  fake.refuse('POST /v1/session/link', 401, 'link-not-valid', { title: 'This link is not valid any more' });
  fake.refuse('GET /v1/session', 401, 'not-signed-in', { signInWays: ['link'] });
  await page.goto(`${fake.url}/console/sign-in#used`);
  await button('Sign in').click();
  await page.getByRole('alert').getByText('This link is not valid any more').waitFor();
  await page.getByText('npm run console-link').waitFor();
});

test('a new push secret is shown once, in full, and gone when the page is opened again', async () => {
  await open('/connections/acme/upflow');
  await button('Rotate secret').click();
  await page.getByText('it is shown only once').waitFor();
  expect(await page.getByLabel('Push secret', { exact: true }).inputValue()).toBe('whsec_bmV3LXNlY3JldA==');
  expect(fake.writes).toMatchObject([{ csrfToken: 'csrf-1' }]);
  await page.reload();
  await page.getByText('whsec_…x7Qe').waitFor();
  expect(await page.getByText('it is shown only once').count()).toBe(0);
});

test('pushes appear as they come, and stand still on request', async () => {
  await open('/connections/acme/activity');
  await page.getByText('Live', { exact: true }).waitFor();
  const newest = {
    id: 'msg_9',
    type: 'customer.deleted',
    receivedAt: '2026-12-01T10:00:00Z',
    outcome: 'pending',
    customers: 1,
    reason: null,
  };
  fake.answer('GET /v1/connections/acme/pushes', { rows: [newest], next: null });
  fake.tell('push', { at: newest.receivedAt, id: 'msg_9', type: newest.type });
  await page.getByText('customer.deleted').waitFor();
  await page.getByText('Live. 1 push came since you opened this page.').waitFor();
  await button('Hold still').click();
  fake.answer('GET /v1/connections/acme/pushes', {
    rows: [{ ...newest, id: 'msg_10', reason: LOCKED }],
    next: null,
  });
  fake.tell('push', { at: newest.receivedAt, more: 5 });
  await page.getByText('Paused. 5 pushes came meanwhile.').waitFor();
  expect(await page.getByText('msg_10').count()).toBe(0);
  await button('Follow live').click();
  await page.getByText('unable to obtain exclusive access').waitFor();
});

test('before a sixth approval its victim is named, and one can go on as another user', async () => {
  const call = 'POST /v1/connections/fresh/salesforce/authorizations';
  fake.refuse(call, 409, 'five-approvals', { connections: [{ id: 'acme', name: 'Acme Europe' }] });
  await open('/connections/fresh/salesforce');
  await page.getByLabel('My Domain', { exact: false }).fill('acme');
  await button('Sign in to Salesforce').click();
  await page.getByText('would cut off another connection').waitFor();
  await page.locator('.endangered').getByText('Acme Europe').waitFor();
  fake.answer(
    call,
    { id: 'auth1', url: '/console/?back#/connections/fresh/salesforce', expiresAt: '2026-12-01T10:00:00Z' },
    201,
  );
  await button('Continue as another user').click();
  await page.getByText('Salesforce has not answered yet').waitFor();
  expect(fake.writes.at(-1)).toMatchObject({ body: { asAnotherUser: true } });
  await page.getByText('Salesforce showed an error page').waitFor();
  fake.answer('GET /v1/connections/fresh/salesforce/authorizations/auth1', {
    state: 'done',
    startedAt: '2026-12-01T10:00:00Z',
    reason: null,
    hints: [],
  });
  await page.getByText('Salesforce is connected.').waitFor();
});

test('another identifier is previewed with what would move before it can be saved', async () => {
  await open('/connections/acme/identifier');
  await page.getByLabel('In Upflow').selectOption('accountingRef');
  await page.getByLabel('In Salesforce').selectOption('AccountNumber');
  expect(await button('Save identifier').count()).toBe(0);
  await button('Preview matches').click();
  await page.getByText('33.4% of 1,204 customers would be matched.').waitFor();
  await page.getByText('690 would lose theirs').waitFor();
  await button('Save identifier').click();
  await page.getByText('The shared identifier is saved.').waitFor();
  expect(fake.writes.at(-1)).toMatchObject({
    body: { upflow: 'accountingRef', salesforce: 'AccountNumber', previewId: 'p1' },
  });
});

test('a customer is linked by hand to an Account that is searched for', async () => {
  await open('/connections/acme/matches?kind=missing-in-salesforce');
  await button('Link by hand: Pyramid Construction').click();
  await page.getByLabel('Search Accounts by name or value').fill('pyramid');
  await button('Link: Pyramid Construction Inc.').click();
  await page.getByText('Linked.').waitFor();
  expect(fake.writes).toMatchObject([
    { path: '/v1/connections/acme/links', body: { customerId: 'c3', accountId: '0015g00000AbCdJAAV' } },
  ]);
});

test('only what was changed in the mapping is saved, and a value that is turned off can be cleared', async () => {
  await open('/connections/acme/mapping');
  await page.getByRole('switch', { name: 'Write Overdue Amount' }).uncheck();
  await page.getByLabel('Clear Overdue Amount on all Accounts').check();
  await page.getByText('1 change not yet saved').waitFor();
  await button('Save mapping').click();
  await page.getByText('The mapping is saved.').waitFor();
  expect(fake.writes).toMatchObject([
    { body: { choices: { overdue: { on: false, field: 'Open_Balance__c', clear: true } } } },
  ]);
});

test('customers that are exported again show how they ended without the page being opened anew', async () => {
  const customer = { id: 'c1', name: 'Northwind', identifier: 'K-1', accountId: null };
  fake.answer('GET /v1/connections/acme/exports', { rows: [], next: null });
  fake.answer('GET /v1/connections/acme/customers', {
    rows: [{ ...customer, outcome: 'failed' }],
    next: null,
  });
  await open('/connections/acme/exports');
  await page.getByText('Failed', { exact: true }).waitFor();
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
  fake.answer('GET /v1/connections/acme/exports', { rows: [run], next: null });
  fake.answer('GET /v1/connections/acme/customers', {
    rows: [{ ...customer, outcome: 'written' }],
    next: null,
  });
  await page.getByRole('checkbox', { name: 'Select Northwind' }).check();
  await button('Export 1 customer again').click();
  await page.getByText('Written', { exact: true }).waitFor();
});
