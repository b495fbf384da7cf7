import type { SweptInvoice, SweptPayment } from './read-entities.ts';

/** Amounts overdue by 1 to 30, 31 to 60, 61 to 90 and more days. */
type Ageing = [number, number, number, number];

/** A customer's invoices of one currency, added up. Amounts are in the minor unit. */
export interface CurrencySums {
  currency: string | null;
  due: number;
  dueInvoices: number;
  overdueInvoices: number;
  ageing: Ageing;
  /** Amounts of the invoices that have a delay, and those times their days. */
  weight: number;
  weightedDays: number;
  unapplied: number;
}

/** Everything of a customer that figures are made of: a few numbers, however many invoices there are. */
export interface CustomerSums {
  byCurrency: CurrencySums[];
  oldestOverdue: string | null;
  lastPayment: string | null;
}

/** Sums by customer, for a day. */
export interface EntitySums {
  addPayment: (payment: SweptPayment) => void;
  /** What is a credit of the customer's as long as no invoice was matched to it. */
  addCredit: (credit: SweptPayment) => void;
  /** What was paid back is no credit any more. */
  addRefund: (refund: SweptPayment) => void;
  /** After all payments: they know when an invoice was paid. */
  addInvoice: (invoice: SweptInvoice) => void;
  of: (customerId: string) => CustomerSums | undefined;
}

const DAY_IN_MS = 86_400_000;

/**
 * Adds up invoices and payments as they come, so that none of them has to be kept.
 *
 * @param today ISO day; an invoice that is due today is not overdue
 */
export function openSums(today: string): EntitySums {
  const sums = new Map<string, CustomerSums>();
  const paidOn = new Map<string, string>();

  function sumsOf(customerId: string): CustomerSums {
    const known = sums.get(customerId);
    if (known !== undefined) return known;
    const made: CustomerSums = { byCurrency: [], oldestOverdue: null, lastPayment: null };
    sums.set(customerId, made);
    return made;
  }

  /** An invoice is paid on the last day that any of its payments tells. */
  function settle({ settled }: SweptPayment): void {
    for (const { invoiceId, day } of settled) {
      const known = paidOn.get(invoiceId);
      if (known === undefined || known < day) paidOn.set(invoiceId, day);
    }
  }

  function addUnapplied({ customerId, currency, unapplied }: SweptPayment, sign: 1 | -1): void {
    if (customerId === undefined || unapplied === 0) return;
    inCurrency(sumsOf(customerId), currency).unapplied += sign * unapplied;
  }

  return {
    addPayment(payment) {
      const { customerId, day } = payment;
      settle(payment);
      if (customerId !== undefined && day !== undefined) {
        const own = sumsOf(customerId);
        if (own.lastPayment === null || own.lastPayment < day) own.lastPayment = day;
      }
      addUnapplied(payment, 1);
    },
    addCredit(credit) {
      settle(credit);
      addUnapplied(credit, 1);
    },
    addRefund: (refund) => addUnapplied(refund, -1),
    addInvoice(invoice) {
      if (invoice.state === 'void') return;
      const own = sumsOf(invoice.customerId);
      const inOwn = inCurrency(own, invoice.currency);
      if (invoice.state === 'open') addOpen(own, inOwn, invoice, today);
      else {
        // Where the API tells no day, there is no delay.
        const paid = paidOn.get(invoice.id);
        if (paid !== undefined) addDelay(inOwn, invoice, paid);
      }
    },
    of: (customerId) => sums.get(customerId),
  };
}

function addOpen(own: CustomerSums, sums: CurrencySums, invoice: SweptInvoice, today: string): void {
  const { dueDate, amountOutstanding } = invoice;
  if (dueDate >= today) {
    sums.due += amountOutstanding;
    sums.dueInvoices++;
    return;
  }
  const late = daysBetween(dueDate, today);
  sums.ageing[late <= 30 ? 0 : late <= 60 ? 1 : late <= 90 ? 2 : 3] += amountOutstanding;
  sums.overdueInvoices++;
  if (own.oldestOverdue === null || dueDate < own.oldestOverdue) own.oldestOverdue = dueDate;
  addDelay(sums, invoice, today);
}

/** Weighed by the whole amount of the invoice, also where part of it is paid. */
function addDelay(sums: CurrencySums, { dueDate, grossAmount }: SweptInvoice, until: string): void {
  sums.weight += grossAmount;
  sums.weightedDays += grossAmount * daysBetween(dueDate, until);
}

function inCurrency({ byCurrency }: CustomerSums, currency: string | null): CurrencySums {
  const known = byCurrency.find((one) => one.currency === currency);
  if (known !== undefined) return known;
  const made = emptySums(currency);
  byCurrency.push(made);
  return made;
}

/** The sums of somebody without any invoice. */
export function emptySums(currency: string | null): CurrencySums {
  return {
    currency,
    due: 0,
    dueInvoices: 0,
    overdueInvoices: 0,
    ageing: [0, 0, 0, 0],
    weight: 0,
    weightedDays: 0,
    unapplied: 0,
  };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_IN_MS);
}
