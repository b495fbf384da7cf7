import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  planChanges,
  stampFreshness,
  wantAttention,
  wantCustomer,
  wantNothing,
} from '../../src/export/5-plan.ts';
import { EXPORTED_VALUES } from '../../src/export/exported-values.ts';
import { resolveTargets } from '../../src/export/map-values.ts';
import type { AccountDescription } from '../../src/salesforce/describe-account.ts';
import type { FieldValues } from '../../src/salesforce/field-value.ts';
import type { KnownAccount } from '../../src/store/accounts.ts';
import { makeField } from '../support/make-field.ts';

const names = EXPORTED_VALUES.map(({ packageField }) => packageField ?? '').concat([
  'Sync_Message__c',
  'Last_Synced__c',
]);
const usual = (org: AccountDescription) => resolveTargets({}, org);

function describeOrg({ prefix = 'upflow__', hidden = [] as string[], rates }: Partial<OrgOptions> = {}) {
  const scaleOf = (name: string) => (name.includes('Amount') || /Overdue_\d|Over_90/.test(name) ? 2 : 1);
  return {
    packagePrefix: prefix,
    conversionRates: rates === undefined ? undefined : new Map(Object.entries(rates)),
    fields: new Map(
      names
        .filter((name) => !hidden.includes(name))
        .map((name) => [
          `${prefix}${name}`.toLowerCase(),
          makeField(prefix + name, { type: 'any', scale: scaleOf(name) }),
        ]),
    ),
  } satisfies AccountDescription;
}
interface OrgOptions {
  prefix: string;
  hidden: string[];
  rates: Record<string, number>;
}

const account: KnownAccount = {
  accountId: '001',
  identifier: 'C-1',
  currency: null,
  customerId: null,
  written: {},
};
const customer = { id: 'c1', currency: 'USD', amountOverdue: 6_214_025, averagePaymentDelay: 17.84 };

function wanted(data: object = customer, org = describeOrg(), on = account): FieldValues {
  const want = wantCustomer({ id: 'c1', ...data }, on, org, usual(org));
  if (!('values' in want)) throw new Error(want.attention.code);
  return want.values;
}

test.each([
  ['USD', 6_214_025, 62_140.25],
  ['JPY', 6_214_025, 6_214_025],
  ['KWD', 6_214_025, 6_214.03],
  ['USD', -5, -0.05],
  ['USD', 0, 0],
])('an amount of %s %d minor units is written as %d', (currency, amountOverdue, expected) => {
  expect(wanted({ currency, amountOverdue }).upflow__Overdue_Amount__c).toBe(expected);
});

test('missing and null values are blank', () => {
  const blank = wanted({ ageing: null, nextAction: undefined });
  expect(blank).toMatchObject({ upflow__Overdue_Over_90__c: null, upflow__Next_Action__c: null });
  expect(Object.entries(blank).filter(([, value]) => value !== null)).toEqual([
    ['upflow__Customer_Id__c', 'c1'],
    ['upflow__Sync_Status__c', 'Synced'],
  ]);
});

test('days stay days, and a moment counts for its day in UTC', () => {
  const { upflow__Last_Payment_Date__c: payment, upflow__Paused_Until__c: paused } = wanted({
    lastPaymentAt: '2026-11-02T23:30:00-05:00',
    pausedUntil: '2026-12-01',
  });
  expect([payment, paused]).toEqual(['2026-11-03', '2026-12-01']);
});

test('the status from Upflow reads as it does in the picklist', () => {
  expect(wanted({ collectionStatus: 'PAUSED' }).upflow__Collection_Status__c).toBe('Paused');
});

test('only fields that changed are written, rounded to the decimals that the field keeps', () => {
  const first = planChanges(wanted(), {}) ?? {};
  expect(first.upflow__Average_Payment_Delay__c).toBe(17.8);
  expect(planChanges(wanted(), first)).toBeUndefined();
  expect(planChanges(wanted({ ...customer, amountOverdue: 100 }), first)).toEqual({
    upflow__Overdue_Amount__c: 1,
  });
});

test('writing what was planned leaves nothing to plan, for any customer', () => {
  const amounts = fc.option(fc.maxSafeInteger());
  fc.assert(
    fc.property(
      fc.record({
        currency: fc.constantFrom('USD', 'JPY', 'KWD'),
        amountOverdue: amounts,
        amountDue: amounts,
        averagePaymentDelay: fc.option(fc.double({ noNaN: true, min: -9999, max: 9999 })),
        rating: fc.option(fc.string()),
      }),
      (data) => {
        const written = planChanges(wanted(data), {}) ?? {};
        expect(planChanges(wanted(data), written)).toBeUndefined();
      },
    ),
  );
});

test('a field that the integration user cannot write is left out, and the rest is written', () => {
  const changes = planChanges(wanted(customer, describeOrg({ hidden: ['Payer_Rating__c'] })), {}) ?? {};
  expect(Object.keys(changes)).not.toContain('upflow__Payer_Rating__c');
  expect(changes.upflow__Overdue_Amount__c).toBe(62_140.25);
});

test('in an org without the namespace the plain names are written', () => {
  expect(planChanges(wanted(customer, describeOrg({ prefix: '' })), {})).toMatchObject({
    Overdue_Amount__c: 62_140.25,
  });
});

test('an org with several currencies gets amounts in the currency of the Account', () => {
  const org = describeOrg({ rates: { USD: 1, EUR: 0.80001 } });
  expect(planChanges(wanted(customer, org, { ...account, currency: 'EUR' }), {})).toMatchObject({
    upflow__Overdue_Amount__c: 49_712.82,
    upflow__Balance_Currency__c: 'EUR',
  });
});

test('a currency that the org does not know needs attention instead of a wrong amount', () => {
  const org = describeOrg({ rates: { EUR: 1 } });
  expect(wantCustomer(customer, { ...account, currency: 'EUR' }, org, usual(org))).toMatchObject({
    attention: { code: 'unknown-currency' },
  });
});

test('a customer that was deleted leaves every field of ours blank', () => {
  const org = describeOrg();
  const written = stampFreshness(planChanges(wanted(), {}), {}, usual(org), {
    now: new Date(),
    confirmAfterInMs: 1,
  });
  const cleared = planChanges(wantNothing(usual(org)), written ?? {}) ?? {};
  expect(new Set(Object.values({ ...written, ...cleared }))).toEqual(new Set([null]));
});

test('the reason on the Account is cut to what the field holds', () => {
  const reason = { code: 'x', message: '', explanation: 'e'.repeat(300), action: 'a' };
  const { upflow__Sync_Message__c: message } = wantAttention(reason, usual(describeOrg()));
  expect(message).toHaveLength(255);
});

test('an unchanged Account is confirmed only when the last confirmation is old', () => {
  const org = describeOrg();
  const now = new Date('2026-11-22T12:00:00Z');
  const stamp = (last: string) =>
    stampFreshness(undefined, { upflow__Last_Synced__c: last }, usual(org), {
      now,
      confirmAfterInMs: 3_600_000,
    });
  expect(stamp('2026-11-22T11:30:00.000Z')).toBeUndefined();
  expect(stamp('2026-11-22T10:30:00.000Z')).toEqual({ upflow__Last_Synced__c: '2026-11-22T12:00:00.000Z' });
});
