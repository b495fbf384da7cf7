import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { dayIn, fullAccount } from '../../simulators/salesforce/page/gallery/sample-account.ts';
import { listViolations } from '../support/gallery.ts';
import { measureOverflow } from '../support/launch-browser.ts';
import { withOrg } from '../support/with-org.ts';

const opened = withOrg();
const GET_STARTED = '/lightning/n/Upflow_Get_Started';
const OVERDUE = '/lightning/n/Upflow_Overdue';
const MINE = '[data-component="upflowOverdueAccounts"] >> nth=0';
const ALL = '[data-component="upflowOverdueAccounts"] >> nth=1';

let accountId: string;
let opportunityId: string;

const withNamespace = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`upflow__${name}`, value as unknown]));

beforeAll(async () => {
  const { rep, admin } = opened.org.simulator.org.users;
  const late = (Name: string, Overdue_Amount__c: number, OwnerId: string, days: number) => ({
    Name,
    Overdue_Amount__c,
    OwnerId,
    Oldest_Overdue_Date__c: dayIn(-days),
    Balance_Currency__c: 'EUR',
  });
  const { Customer_Id__c, ...full } = fullAccount();
  [accountId = ''] = await opened.org.seed([
    { Name: 'Bright Harbour', OwnerId: rep.id, Customer_Id__c, ...full },
    late('Alder & Sons', 900, rep.id, 5),
    late('Cobalt Works', 70_000, admin.id, 300),
    { Name: 'Never late', OwnerId: rep.id, Overdue_Amount__c: 0 },
  ]);
  const body = { Name: 'Expansion', AccountId: accountId, StageName: 'Prospecting', CloseDate: dayIn(30) };
  const reply = await opened.org.call('/sobjects/Opportunity', { method: 'POST', user: 'rep', body });
  opportunityId = (reply.body as { id: string }).id;
}, 30_000);

const recordPath = (object: string, id: string) => `/lightning/r/${object}/${id}/view`;
const close = (page: Page) => page.context().close();
const names = async (page: Page, list: string) =>
  (await page.locator(list).locator('tbody th').allInnerTexts()).map((text) => text.trim());

async function openDrawn(path: string, width?: number): Promise<Page> {
  const page = await opened.open(path, width);
  await page.locator('[data-component] svg path').first().waitFor({ state: 'attached' });
  return page;
}

const LOOKS = [
  ['theme=slds1&lang=fr', 320],
  ['theme=slds2', 1440],
  ['theme=slds2&scheme=dark&dir=rtl', 768],
] as const;

test.each(LOOKS)(
  'the pages that the package brings are accessible and fit, with %s at %i pixels',
  async (look, width) => {
    const paths = [
      GET_STARTED,
      OVERDUE,
      recordPath('Account', accountId),
      recordPath('Opportunity', opportunityId),
    ];
    for (const path of paths) {
      const page = await openDrawn(`${path}?${look}`, width);
      expect([path, await listViolations(page)]).toEqual([path, []]);
      expect([path, await measureOverflow(page)]).toEqual([path, 0]);
      await close(page);
    }
  },
  60_000,
);

test('the Account’s page has the panel beside the record, and the panel asks for the record exactly once', async () => {
  const { callLog } = opened.org.simulator.org;
  const last = callLog.list().at(-1)?.number ?? 0;
  const page = await opened.open(recordPath('Account', accountId));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await page.locator('.sidebar [data-figure="outstanding"]').getByText('$148,230.50').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Bright Harbour' }).waitFor();
  const calls = asked.filter((url) => url.includes('/services/'));
  expect(calls.filter((url) => url.includes('Outstanding_Amount__c'))).toHaveLength(1);
  // The other one is the page's own, for what Salesforce draws around the panel; both loads are in the org's log.
  expect(calls.filter((url) => url.includes('Account.Phone'))).toHaveLength(1);
  expect(calls).toHaveLength(2);
  const path = `/services/data/v66.0/ui-api/records/${accountId}`;
  expect(callLog.list(last).map((call) => `${call.method} ${call.path} ${call.status}`)).toEqual(
    Array.from({ length: 4 }, () => `GET ${path} 200`),
  );
  await close(page);
});

test('the Opportunity’s page says on top that its customer is late, and leads to the Account with the keyboard', async () => {
  const page = await opened.open(recordPath('Opportunity', opportunityId));
  const alert = page.locator('[data-component="upflowOverdueAlert"]');
  await alert.getByText('$62,140.25 overdue').waitFor();
  const above = await alert.boundingBox();
  const details = await page.locator('section.details').boundingBox();
  expect(above?.y).toBeLessThan(details?.y ?? 0);
  await alert.getByRole('link', { name: 'Bright Harbour' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/lightning/r/Account/${accountId}/view**`);
  await page.locator('[data-figure="outstanding"]').waitFor();
  await close(page);
});

test('the Overdue page lists the user’s own Accounts, then everybody’s, the largest amount first', async () => {
  const page = await opened.open(OVERDUE);
  await page.locator(ALL).getByText('Cobalt Works').waitFor();
  await page.locator(MINE).getByText('Bright Harbour').waitFor();
  expect(await names(page, MINE)).toEqual(['Bright Harbour', 'Alder & Sons']);
  expect(await names(page, ALL)).toEqual(['Cobalt Works', 'Bright Harbour', 'Alder & Sons']);
  expect(await page.locator(ALL).locator('[data-cell="amount"]').allInnerTexts()).toEqual([
    '€70,000.00',
    '$62,140.25',
    '€900.00',
  ]);
  await close(page);
});

test('a list is sorted and opened with the keyboard alone', async () => {
  const page = await opened.open(OVERDUE);
  await page.locator(ALL).getByText('Cobalt Works').waitFor();
  await page.locator(ALL).getByRole('button', { name: 'Account' }).focus();
  await page.keyboard.press('Enter');
  await page.locator(ALL).locator('tbody tr').first().getByText('Alder & Sons').waitFor();
  expect(await names(page, ALL)).toEqual(['Alder & Sons', 'Bright Harbour', 'Cobalt Works']);
  await page.keyboard.press('Enter');
  await page.locator(ALL).locator('tbody tr').first().getByText('Cobalt Works').waitFor();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Cobalt Works');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Cobalt Works' }).waitFor();
  await close(page);
});

test('Get Started knows what an admin has done, and what each user lacks', async () => {
  const states = async (user: string) => {
    const page = await opened.open(`${GET_STARTED}?user=${user}`);
    await page.locator('.next').waitFor();
    await page.waitForLoadState('networkidle');
    const read = await page.locator('[data-state]').allInnerTexts();
    await close(page);
    return read;
  };
  expect(await states('admin')).toEqual(['Done', 'Done', 'Next', 'Done', 'To do']);
  expect(await states('rep')).toEqual(['Next', 'Done', 'To do', 'Done', 'To do']);
  const reason = { Sync_Status__c: 'Needs attention', Sync_Message__c: 'The Account is locked.' };
  const body = withNamespace(reason);
  await opened.org.call(`/sobjects/Account/${accountId}`, { method: 'PATCH', body });
  const page = await opened.open(`${GET_STARTED}?user=admin`);
  await page.getByText('1 Account could not be updated').waitFor();
  await page.getByRole('link', { name: 'See the Accounts' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Bright Harbour' }).waitFor();
  await close(page);
});
