import { beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { fullAccount } from '../../simulators/salesforce/page/gallery/sample-account.ts';
import { listViolations } from '../support/gallery.ts';
import { withOrg } from '../support/with-org.ts';

const opened = withOrg();
const admin = { user: 'admin' } as const;

let accountId: string;
let opportunityId: string;

beforeAll(async () => {
  const { rep } = opened.org.simulator.org.users;
  [accountId = ''] = await opened.org.seed([{ Name: 'Bright Harbour', OwnerId: rep.id, ...fullAccount() }]);
  const body = { Name: 'Deal', AccountId: accountId, StageName: 'Prospecting', CloseDate: '2030-01-31' };
  const reply = await opened.org.call('/sobjects/Opportunity', { method: 'POST', user: 'rep', body });
  opportunityId = (reply.body as { id: string }).id;
}, 30_000);

async function find(soql: string): Promise<string> {
  const [row] = await opened.org.rows(soql);
  return String(row?.Id);
}

/** What an admin does in Setup: takes a field from all who have the permission set. */
async function hide(field: string): Promise<void> {
  const set = await find("SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Viewer'");
  const where = `ParentId = '${set}' AND Field = 'Account.upflow__${field}'`;
  const id = await find(`SELECT Id FROM FieldPermissions WHERE ${where}`);
  const reply = await opened.org.call(`/sobjects/FieldPermissions/${id}`, { method: 'DELETE', ...admin });
  expect(reply.status).toBe(204);
}

async function takePermissionSet(): Promise<void> {
  const { rep } = opened.org.simulator.org.users;
  const where = `AssigneeId = '${rep.id}' AND PermissionSet.Name = 'Upflow_Viewer'`;
  const id = await find(`SELECT Id FROM PermissionSetAssignment WHERE ${where}`);
  const path = `/sobjects/PermissionSetAssignment/${id}`;
  expect((await opened.org.call(path, { method: 'DELETE', ...admin })).status).toBe(204);
}

const openRecord = (object: string, id: string) => opened.open(`/lightning/r/${object}/${id}/view?user=rep`);
const panelOf = (page: Page) => page.locator('[data-component="upflowAccountPanel"]');
const count = (panel: Locator, part: string) => panel.locator(part).count();

test('with part of the fields hidden the panel shows the rest', async () => {
  for (const field of ['Outstanding_Amount__c', 'Portal_Link__c', 'Overdue_Over_90__c', 'Payer_Rating__c'])
    await hide(field);
  const page = await openRecord('Account', accountId);
  const panel = panelOf(page);
  await panel.locator('[data-figure="overdue"]').getByText('$62,140.25').waitFor();
  expect(await count(panel, '[data-figure="outstanding"]')).toBe(0);
  expect(await count(panel, '[data-bucket]')).toBe(4);
  expect(await count(panel, '[data-fact="rating"]')).toBe(0);
  expect(await count(panel, '[data-fact="next-action"]')).toBe(1);
  expect(await panel.getByText('Customer portal').count()).toBe(0);
  expect(await count(panel, '[data-notice]')).toBe(0);
  expect(await listViolations(page)).toEqual([]);
  await page.context().close();
});

test('the list of overdue Accounts leaves out the columns that are hidden', async () => {
  const page = await opened.open('/lightning/n/Upflow_Overdue?user=rep');
  const list = page.locator('[data-component="upflowOverdueAccounts"]').first();
  await list.getByText('Bright Harbour').waitFor();
  expect(await list.locator('thead th').allInnerTexts()).toEqual([
    'Account',
    'Overdue',
    'Late since',
    'Next action',
  ]);
  await page.context().close();
});

test('for a user without the permission set the panel says so in one sentence, and the alert is silent', async () => {
  await takePermissionSet();
  const page = await openRecord('Account', accountId);
  const panel = panelOf(page);
  await panel.locator('[data-notice="no-access"]').waitFor();
  expect((await panel.innerText()).split('\n').filter(Boolean)).toEqual([
    'Unpaid invoices',
    'Refresh',
    'You cannot see these figures yet: ask your Salesforce admin for the permission set “Upflow Viewer”.',
  ]);
  expect(await listViolations(page)).toEqual([]);
  await page.context().close();
  const deal = await openRecord('Opportunity', opportunityId);
  await deal.getByRole('heading', { level: 1, name: 'Deal' }).waitFor();
  await deal.waitForLoadState('networkidle');
  expect(await deal.locator('[data-component="upflowOverdueAlert"]').innerText()).toBe('');
  await deal.context().close();
});
