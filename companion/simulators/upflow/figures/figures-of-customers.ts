import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { convertMoney } from './convert-money.ts';
import { summarizeInvoices, type InvoiceFacts, type InvoiceSummary } from './summarize-invoices.ts';

/** The figures of a customer, in its currency. */
export interface CustomerFigures extends InvoiceSummary {
  lastPaymentAt: string | null;
}

/** Those that somebody may have given by hand; they hold until an invoice or a payment changes. */
export const figureKeys = [
  'amountOutstanding',
  'amountDue',
  'amountOverdue',
  'countInvoicesDue',
  'countInvoicesOverdue',
  'ageing',
  'averagePaymentDelay',
  'rating',
  'oldestOverdueDueDate',
  'lastPaymentAt',
] as const satisfies (keyof CustomerFigures)[];

interface BilledRow extends InvoiceFacts {
  customer: number;
  currency: string;
}
const billed =
  'select customer, currency, substr(dueDate, 1, 10) dueDate, grossAmount, amountOutstanding, paidDate, cancelledAt, ' +
  'disputedAt from invoices where customer in (select value from json_each(?))';

/** The currency of a customer's figures: its own, or else the organization's. */
export function currencyOf(organization: UpflowOrganization, customer: CustomerRow): string {
  const { currency } = JSON.parse(customer.body) as { currency?: unknown };
  return typeof currency === 'string' ? currency : organization.settings.currency;
}

/**
 * The figures of customers by the organization's day, from what was billed, paid, credited and refunded.
 *
 * @returns by `seq`; nothing for a customer of whom there is none of that
 */
export function figuresOfCustomers(
  organization: UpflowOrganization,
  customers: readonly CustomerRow[],
): Map<number, CustomerFigures> {
  const seqs = customers.map(({ seq }) => seq);
  const currencies = new Map(customers.map((row) => [row.seq, currencyOf(organization, row)]));
  const inOwnCurrency = (customer: number, amount: number, currency: string) =>
    convertMoney(amount, currency, currencies.get(customer) ?? currency, organization.settings.exchangeRates);

  const invoices = new Map<number, BilledRow[]>();
  for (const row of organization.store.all<BilledRow>(billed, JSON.stringify(seqs))) {
    row.grossAmount = inOwnCurrency(row.customer, row.grossAmount, row.currency);
    row.amountOutstanding = inOwnCurrency(row.customer, row.amountOutstanding, row.currency);
    const others = invoices.get(row.customer);
    if (others === undefined) invoices.set(row.customer, [row]);
    else others.push(row);
  }

  const unapplied = new Map<number, number>();
  const lastPayments = new Map<number, string>();
  const apply = (customer: number, amount: number, currency: string) =>
    unapplied.set(customer, (unapplied.get(customer) ?? 0) + inOwnCurrency(customer, amount, currency));
  for (const { customer, kind, rest, currency, at } of organization.links.remainders(seqs)) {
    apply(customer, kind === 'refunds' ? -rest : rest, currency);
    const last = lastPayments.get(customer) ?? '';
    if (kind === 'payments' && at > last) lastPayments.set(customer, at);
  }

  const today = organization.today();
  return new Map(
    seqs
      .filter((seq) => invoices.has(seq) || unapplied.has(seq))
      .map((seq) => [
        seq,
        {
          ...summarizeInvoices(invoices.get(seq) ?? [], unapplied.get(seq) ?? 0, today),
          lastPaymentAt: lastPayments.get(seq)?.slice(0, 10) ?? null,
        },
      ]),
  );
}
