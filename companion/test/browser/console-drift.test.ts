import { expect, test } from '@jest/globals';
import { found } from '../support/console/fake-drift.ts';
import { withFakeConsole } from '../support/console/with-fake-console.ts';
import { session } from '../support/serve-fake-console-api.ts';

const AUDIT = `/v1/connections/acme/drift-audits/${found.id}`;

const view = withFakeConsole();
const { open, button } = view;

test('chosen Accounts are repaired after a question, and how far that is can be seen', async () => {
  const run = { id: 'repair', kind: 'selection', total: 2, counts: {}, startedAt: found.requestedAt };
  view.fake.answer(`POST ${AUDIT}/repair`, { runId: 'repair', customers: 2 }, 202);
  view.fake.answer('GET /v1/connections/acme/exports/repair', { ...run, state: 'running', done: 1 });
  await open('/connections/acme/drift');
  await view.page.getByText('3 Accounts of 1,038 do not show what they should.').waitFor();
  await view.page.getByText('The audit takes about 3 API calls', { exact: false }).waitFor();
  expect(await button('Repair selected').isDisabled()).toBe(true);
  await view.page.getByRole('checkbox', { name: /Edge Communications/ }).check();
  await view.page.getByRole('checkbox', { name: /Burlington Textiles/ }).check();
  await button('Repair 2 selected Accounts').click();
  await view.page.getByRole('dialog').getByRole('button', { name: 'Repair' }).click();
  await view.page.getByText('1 of 2 Accounts repaired').waitFor();
  expect(view.fake.writes).toEqual([
    expect.objectContaining({ path: `${AUDIT}/repair`, body: { customerIds: ['c2', 'c3'] } }),
  ]);
  view.fake.answer('GET /v1/connections/acme/exports/repair', { ...run, state: 'done', done: 2 });
  await view.page.getByText('2 of 2 Accounts repaired').waitFor();
});

test('rows are filtered by field, and the schedule is changed with one choice', async () => {
  view.fake.answer('PUT /v1/connections/acme/drift-schedule', { schedule: 'off', nextAt: null });
  await open('/connections/acme/drift');
  const asked = view.page.waitForRequest((request) => request.url().includes('field=upflow__Portal_Link__c'));
  await view.page.getByLabel('Field', { exact: true }).selectOption({ label: 'upflow__Portal_Link__c, 1' });
  await asked;
  await view.page.getByLabel('Audit by itself').selectOption({ label: 'Never' });
  await view.page.getByText('only when somebody asks for it').waitFor();
});

test('a customer is erased only once its id was typed and a question answered', async () => {
  view.fake.answer('POST /v1/connections/acme/customers/c1/erase', { id: 'e3', state: 'clearing' }, 202);
  await open('/connections/acme/customers/c1');
  const erase = button('Erase customer');
  expect(await erase.isDisabled()).toBe(true);
  await view.page.getByLabel('Customer id, typed to confirm').fill('c2');
  expect(await erase.isDisabled()).toBe(true);
  await view.page.getByLabel('Customer id, typed to confirm').fill('c1');
  await erase.click();
  await view.page.getByRole('dialog').getByRole('button', { name: 'Erase customer' }).click();
  await view.page.getByRole('heading', { name: 'Erased customers' }).waitFor();
  expect(view.fake.writes).toEqual([expect.objectContaining({ body: { confirm: 'c1' } })]);
  await view.page.getByText('12 bodies of pushes', { exact: false }).waitFor();
});

test('a viewer sees drift and erasures, and can change nothing', async () => {
  view.fake.answer('GET /v1/session', { ...session, role: 'viewer' });
  await open('/connections/acme/drift');
  await view.page.getByText('3 Accounts of 1,038 do not show what they should.').waitFor();
  expect(await button(/Repair|Audit now|Look again/).count()).toBe(0);
  expect(await view.page.getByLabel('Audit by itself').isDisabled()).toBe(true);
  await view.page.evaluate(`location.hash = '/connections/acme/customers/c1'`);
  await view.page.getByRole('heading', { name: 'Story' }).waitFor();
  expect(await button('Erase customer').count()).toBe(0);
});
