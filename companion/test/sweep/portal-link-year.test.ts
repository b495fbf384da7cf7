import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSweeping, type Sweeping } from './open-sweeping.ts';

const DAY_IN_MS = 86_400_000;
const START = Date.parse('2026-01-01T00:05:00Z');

let sweeping: Sweeping;
let accountId: string;
beforeAll(async () => {
  sweeping = await openSweeping();
  [accountId = ''] = await sweeping.pipeline.seedAccounts([{ Name: 'Y', Shared_Identifier__c: 'Y-1' }]);
  await sweeping.setTime(new Date(START));
  await sweeping.control('PUT', 'customers', [{ id: 'y1', externalId: 'Y-1', name: 'Y', currency: 'USD' }]);
}, 60_000);
afterAll(() => sweeping.stop());

test('over a year the portal link on the Account always has 30 days left, and is made anew about once a month', async () => {
  await sweeping.sweep();
  const links = new Set<unknown>();
  for (let day = 0; day < 365; day++) {
    // The worst moment: the end of a day, just before the next pass.
    const dayEnds = START + (day + 1) * DAY_IN_MS;
    await sweeping.setTime(new Date(START + day * DAY_IN_MS));
    await sweeping.sweep({ whole: false });
    const account = await sweeping.pipeline.readAccount(accountId);
    const daysLeft = (Date.parse(String(account.upflow__Portal_Link_Expires__c)) - dayEnds) / DAY_IN_MS;
    expect({ day, isLongEnough: daysLeft >= 30 }).toEqual({ day, isLongEnough: true });
    links.add(account.upflow__Portal_Link__c);
  }
  expect(links.size).toBeGreaterThanOrEqual(12);
  expect(links.size).toBeLessThanOrEqual(14);
}, 240_000);
