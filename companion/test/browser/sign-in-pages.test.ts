import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
} from '../../simulators/salesforce/start-salesforce-simulator.ts';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';

let browser: Browser;
let salesforce: SalesforceSimulator;
let page: Page;

beforeAll(async () => {
  [browser, salesforce] = await Promise.all([launchBrowser(), startSalesforceSimulator()]);
}, 60_000);

beforeEach(async () => {
  const context = await openContext(browser, { viewport: { width: 375, height: 700 } });
  page = await context.newPage();
});

afterAll(async () => {
  await Promise.all([browser.close(), salesforce.close()]);
});

/** Any page of this machine will do as the app's callback. */
const callback = (): string => `${salesforce.url}/id/keys`;

async function start(parameters: Record<string, string> = {}): Promise<void> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: salesforce.clientId,
    redirect_uri: callback(),
    state: 'the state',
    scope: 'api refresh_token',
    ...parameters,
  });
  await page.goto(`${salesforce.url}/services/oauth2/authorize?${query.toString()}`);
}

async function expectGoodPage(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await measureOverflow(page)).toBe(0);
}

const parametersOf = (address: string) => Object.fromEntries(new URL(address).searchParams);

test('a person logs in, allows access, and is asked for neither again', async () => {
  await start();
  await page.getByRole('heading', { name: 'Log in to Salesforce' }).waitFor();
  await expectGoodPage();
  await page.getByRole('radio', { name: 'Ruben Castellanos' }).check();
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('heading', { name: 'Allow Access?' }).waitFor();
  await page.getByText('Ruben Castellanos').waitFor();
  await expectGoodPage();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(`${callback()}?**`);
  const { code = '', state } = parametersOf(page.url());
  expect(state).toBe('the state');
  const { clientId: client_id, clientSecret: client_secret } = salesforce;
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback(), client_id, client_secret };
  const token = `${salesforce.url}/services/oauth2/token`;
  const reply = await fetch(token, { method: 'POST', body: new URLSearchParams(form) });
  expect(reply.status).toBe(200);
  await start();
  expect(parametersOf(page.url())).toMatchObject({ state: 'the state', code: expect.any(String) });
}, 30_000);

test('a person who denies is sent back with that', async () => {
  await start({ prompt: 'login consent' });
  await page.getByRole('radio', { name: 'Amina Okafor' }).check();
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL(`${callback()}?**`);
  expect(parametersOf(page.url())).toMatchObject({ error: 'access_denied', state: 'the state' });
}, 30_000);

test('a person who cannot go on is told why, on the page', async () => {
  await start();
  await page.getByRole('radio', { name: 'Upflow Integration' }).check();
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('alert').getByText('API only').waitFor();
  await expectGoodPage();
  await start({ client_id: 'unknown' });
  await page.getByRole('alert').getByText('client identifier invalid').waitFor();
  await expectGoodPage();
}, 30_000);
