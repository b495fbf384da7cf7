import { emptySums, type CurrencySums, type CustomerSums } from './sum-invoices.ts';

/** What Upflow's API says of a customer itself; money in the minor unit of `currency`. */
export interface ToldFigures {
  currency: string | null;
  balance: number | null;
  amountDue: number | null;
  amountOverdue: number | null;
  countInvoicesDue: number | null;
  countInvoicesOverdue: number | null;
}

/** The figures of a customer, as a push has them. */
export interface Figures {
  amountOutstanding: number | null;
  amountDue: number | null;
  amountOverdue: number | null;
  countInvoicesDue: number;
  countInvoicesOverdue: number;
  ageing: { days1To30: number; days31To60: number; days61To90: number; over90: number } | null;
  averagePaymentDelay: number | null;
  rating: 'A' | 'B' | 'C' | 'D' | null;
  oldestOverdueDueDate: string | null;
  lastPaymentAt: string | null;
}

/**
 * Works out a customer's figures: what the API tells of it as told, the rest from its invoices. Amounts in another
 * currency than the customer's cannot be added, because the API tells no rates: the figures that need them are blank.
 *
 * @see https://docs.upflow.io/en-us/core-entities/customers/your-customers-average-payment-delay
 */
export function figuresOf(told: ToldFigures, sums: CustomerSums | undefined): Figures {
  const all = sums?.byCurrency ?? [];
  const currency = told.currency ?? all[0]?.currency ?? null;
  const own = all.find((one) => one.currency === currency) ?? emptySums(currency);
  const foreign = all.filter((one) => one !== own);
  const [days1To30, days31To60, days61To90, over90] = own.ageing;
  const overdue = days1To30 + days31To60 + days61To90 + over90;
  const unless = <Value>(isForeign: (sums: CurrencySums) => boolean, value: Value): Value | null =>
    foreign.some(isForeign) ? null : value;

  const amountDue = told.amountDue ?? unless(({ dueInvoices }) => dueInvoices > 0, own.due);
  const amountOverdue = told.amountOverdue ?? unless(({ overdueInvoices }) => overdueInvoices > 0, overdue);
  const averagePaymentDelay = unless(({ weight }) => weight !== 0, delayOf(own));
  return {
    amountOutstanding:
      told.balance ??
      (amountDue === null || amountOverdue === null
        ? null
        : unless(({ unapplied }) => unapplied !== 0, amountDue + amountOverdue - own.unapplied)),
    amountDue,
    amountOverdue,
    countInvoicesDue: told.countInvoicesDue ?? count(all, ({ dueInvoices }) => dueInvoices),
    countInvoicesOverdue: told.countInvoicesOverdue ?? count(all, ({ overdueInvoices }) => overdueInvoices),
    ageing: unless(({ overdueInvoices }) => overdueInvoices > 0, {
      days1To30,
      days31To60,
      days61To90,
      over90,
    }),
    averagePaymentDelay,
    rating: averagePaymentDelay === null ? null : rate(averagePaymentDelay),
    oldestOverdueDueDate: sums?.oldestOverdue ?? null,
    lastPaymentAt: sums?.lastPayment ?? null,
  };
}

/** In days, to a tenth as it is shown; null without a paid or an overdue invoice. */
function delayOf({ weight, weightedDays }: CurrencySums): number | null {
  if (weight === 0) return null;
  // Rounded half away from zero, so that -0.05 and 0.05 differ in their sign only.
  const tenths = (weightedDays / weight) * 10;
  return (Math.sign(tenths) * Math.round(Math.abs(tenths))) / 10 || 0;
}

/**
 * Upflow's bounds are 30, 60 and 90 days, inclusive, and D from 91 on; between 90 and 91 it says nothing. More than 90
 * is D here, as more than 30 is B. What is rated is the delay as it is shown.
 */
export function rate(averagePaymentDelay: number): 'A' | 'B' | 'C' | 'D' {
  if (averagePaymentDelay <= 30) return 'A';
  if (averagePaymentDelay <= 60) return 'B';
  return averagePaymentDelay <= 90 ? 'C' : 'D';
}

function count(all: readonly CurrencySums[], of: (sums: CurrencySums) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
