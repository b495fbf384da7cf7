import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSweeping, type Sweeping } from './open-sweeping.ts';

// A thousand days of an organization that sends no push, against a computation over plain lists that shares nothing with
// the companion or the simulator.

const CUSTOMERS = 10;
const DAYS = 1000;
/** Days between two looks: the more, the longer the test. */
const LOOK_EVERY = 50;
const DAY_IN_MS = 86_400_000;
const START = Date.parse('2023-03-01T08:00:00Z');
/** Days overdue at which a figure changes. */
const EDGES = [0, 1, 30, 31, 60, 61, 90, 91];
const RATES: Record<string, number> = { USD: 1, EUR: 1.25, GBP: 1.5 };
const CURRENCIES = ['USD', 'EUR', 'GBP'];

interface Invoice {
  customer: number;
  customId: string;
  currency: string;
  due: string;
  gross: number;
  open: number;
  paid: string | null;
  isCancelled: boolean;
}

const dayOf = (day: number) => new Date(START + day * DAY_IN_MS).toISOString().slice(0, 10);
const invoices: Invoice[] = [];
const currencyOf = Array.from({ length: CUSTOMERS }, () => 'USD');
const lastPayment: (string | null)[] = Array.from({ length: CUSTOMERS }, () => null);
/** Money that no invoice was matched to: by customer, each in its currency. */
const unapplied: { customer: number; currency: string; amount: number }[] = [];

let sweeping: Sweeping;
let accounts: string[];
beforeAll(async () => {
  sweeping = await openSweeping();
  const named = Array.from({ length: CUSTOMERS }, (_, index) => index);
  accounts = await sweeping.pipeline.seedAccounts(
    named.map((index) => ({ Name: `P${index}`, Shared_Identifier__c: `P-${index}` })),
  );
  await sweeping.control('PUT', 'settings', { exchangeRates: RATES });
  await sweeping.setTime(new Date(START));
  await sweeping.control(
    'PUT',
    'customers',
    named.map((index) => ({
      id: `p${index}`,
      externalId: `P-${index}`,
      name: `P ${index}`,
      currency: 'USD',
    })),
  );
}, 60_000);
afterAll(() => sweeping.stop());

/** Seeded, so that a failure can be repeated. */
let seed = 20_261_201;
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}
const below = (most: number) => Math.floor(random() * most);

/** Any day around this one, or one that is at an edge when the figures are looked at next. */
function dueFrom(day: number): string {
  const look = Math.ceil(day / LOOK_EVERY) * LOOK_EVERY;
  return dayOf(random() < 0.5 ? day + below(90) - 10 : look - (EDGES[below(EDGES.length)] ?? 0));
}

/** One thing that happens on a day, in Upflow and in the lists. */
async function happen(day: number): Promise<void> {
  const customer = below(CUSTOMERS);
  const post = (what: string, body: object) =>
    sweeping.control('POST', `customers/p${customer}/${what}`, body);
  const open = invoices.filter((one) => one.customer === customer && one.open > 0 && !one.isCancelled);
  const picked = open[below(open.length)];
  const what = random();
  if (what < 0.5 || picked === undefined) {
    const currency = currencyOf[customer] ?? 'USD';
    const made = {
      customId: `N-${invoices.length}`,
      gross: 100 + below(1e7),
      due: dueFrom(day),
    };
    invoices.push({ ...made, customer, currency, open: made.gross, paid: null, isCancelled: false });
    await post('invoices', { customId: made.customId, grossAmount: made.gross, dueDate: made.due, currency });
  } else if (what < 0.75) {
    await settle(day, picked, post, 'payments');
    lastPayment[customer] = dayOf(day);
  } else if (what < 0.83) {
    await settle(day, picked, post, 'credit-notes');
  } else if (what < 0.88) {
    const amount = 1 + below(50_000);
    unapplied.push({ customer, currency: picked.currency, amount });
    lastPayment[customer] = dayOf(day);
    await post('payments', { amount, currency: picked.currency, validatedAt: dayOf(day) });
  } else if (what < 0.93) {
    await post('disputes', { invoice: picked.customId });
  } else if (what < 0.96) {
    picked.isCancelled = true;
    await post('cancellations', { invoice: picked.customId });
  } else {
    const currency = CURRENCIES[below(3)] ?? 'USD';
    currencyOf[customer] = currency;
    await sweeping.control('PUT', 'customers', [{ id: `p${customer}`, currency }]);
  }
}

/** Pays all of an invoice, or part of it. */
async function settle(
  day: number,
  invoice: Invoice,
  post: (what: string, body: object) => Promise<unknown>,
  what: 'payments' | 'credit-notes',
): Promise<void> {
  const amount = random() < 0.7 ? invoice.open : 1 + below(invoice.open);
  invoice.open -= amount;
  if (invoice.open === 0) invoice.paid = dayOf(day);
  const links = { linkedInvoices: [{ customId: invoice.customId, linkedAmount: amount }] };
  const { currency } = invoice;
  await post(
    what,
    what === 'payments'
      ? { ...links, amount, currency, validatedAt: dayOf(day) }
      : { ...links, grossAmount: amount, netAmount: amount, currency, issuedAt: dayOf(day) },
  );
}

/** Every figure of a customer on a day, from the lists. */
function compute(customer: number, day: number): Record<string, unknown> {
  const currency = currencyOf[customer] ?? 'USD';
  const today = dayOf(day);
  const convert = (amount: number, from: string) =>
    from === currency ? amount : Math.round((amount * (RATES[from] ?? 1)) / (RATES[currency] ?? 1));
  const own = invoices.filter((one) => one.customer === customer && !one.isCancelled);
  const open = own.filter((one) => one.open > 0);
  const late = open.filter(({ due }) => due < today);
  const due = open.filter((one) => one.due >= today);
  const daysLate = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_IN_MS;
  const sum = (some: Invoice[]) => some.reduce((all, one) => all + convert(one.open, one.currency), 0);
  const credit = unapplied
    .filter((one) => one.customer === customer)
    .reduce((all, one) => all + convert(one.amount, one.currency), 0);

  const bucket = (from: number, to: number) =>
    late.some((one) => one.currency !== currency)
      ? null
      : sum(late.filter((one) => daysLate(one.due, today) >= from && daysLate(one.due, today) <= to)) / 100;
  const weighed = [...own.filter(({ paid }) => paid !== null), ...late];
  const weight = weighed.reduce((all, { gross }) => all + gross, 0);
  const delay =
    weight === 0 || weighed.some((one) => one.currency !== currency)
      ? null
      : weighed.reduce((all, one) => all + one.gross * daysLate(one.due, one.paid ?? today), 0) / weight;
  const shownDelay = delay === null ? null : Math.round(delay * 10) / 10;
  return {
    upflow__Outstanding_Amount__c: (sum(open) - credit) / 100,
    upflow__Overdue_Amount__c: sum(late) / 100,
    upflow__Due_Amount__c: sum(due) / 100,
    upflow__Overdue_Invoices__c: late.length,
    upflow__Due_Invoices__c: due.length,
    upflow__Overdue_1_30__c: bucket(1, 30),
    upflow__Overdue_31_60__c: bucket(31, 60),
    upflow__Overdue_61_90__c: bucket(61, 90),
    upflow__Overdue_Over_90__c: bucket(91, Infinity),
    upflow__Average_Payment_Delay__c: shownDelay,
    upflow__Payer_Rating__c:
      shownDelay === null
        ? null
        : shownDelay <= 30
          ? 'A'
          : shownDelay <= 60
            ? 'B'
            : shownDelay <= 90
              ? 'C'
              : 'D',
    upflow__Oldest_Overdue_Date__c: late.map((one) => one.due).toSorted()[0] ?? null,
    upflow__Last_Payment_Date__c: lastPayment[customer] ?? null,
    upflow__Balance_Currency__c: currency,
  };
}

test(`after ${DAYS} days of invoices, payments, credit notes, disputes and currency changes every figure is right`, async () => {
  let compared = 0;
  for (let day = 1; day <= DAYS; day++) {
    await sweeping.setTime(new Date(START + day * DAY_IN_MS));
    await happen(day);
    if (day % LOOK_EVERY !== 0) continue;
    await sweeping.sweep();
    for (let customer = 0; customer < CUSTOMERS; customer++) {
      if (!invoices.some((one) => one.customer === customer)) continue;
      const account = await sweeping.pipeline.readAccount(accounts[customer] ?? '');
      expect({ day, customer, ...account }).toMatchObject({ day, customer, ...compute(customer, day) });
      compared++;
    }
  }
  expect(compared).toBeGreaterThan((DAYS / LOOK_EVERY) * CUSTOMERS * 0.8);
}, 240_000);
