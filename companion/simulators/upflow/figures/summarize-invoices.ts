/** What the figures of a customer need to know of an invoice. Days are ISO days, amounts in minor units. */
export interface InvoiceFacts {
  dueDate: string;
  grossAmount: number;
  amountOutstanding: number;
  /** The day on which nothing was left to pay. */
  paidDate: string | null;
  cancelledAt: string | null;
  disputedAt: string | null;
}

export interface InvoiceSummary {
  amountOutstanding: number;
  amountDue: number;
  amountOverdue: number;
  countInvoicesDue: number;
  countInvoicesOverdue: number;
  ageing: { days1To30: number; days31To60: number; days61To90: number; over90: number };
  /** Days, weighted by amount; null without a paid, an overdue or a disputed invoice. */
  averagePaymentDelay: number | null;
  rating: 'A' | 'B' | 'C' | 'D' | null;
  oldestOverdueDueDate: string | null;
}

/**
 * A customer's figures on a day, from its invoices and from money that no invoice was matched to.
 *
 * @see https://docs.upflow.io/en-us/core-entities/customers/your-customers-average-payment-delay
 */
export function summarizeInvoices(
  all: readonly InvoiceFacts[],
  unapplied: number,
  today: string,
): InvoiceSummary {
  const invoices = all.filter(({ cancelledAt }) => cancelledAt === null);
  const open = invoices.filter(({ amountOutstanding }) => amountOutstanding > 0);
  const overdue = open.filter(({ dueDate }) => dueDate < today);
  const due = open.filter(({ dueDate }) => dueDate >= today);
  const lateBy = (from: number, to: number) =>
    sum(
      overdue.filter(
        ({ dueDate }) => daysBetween(dueDate, today) >= from && daysBetween(dueDate, today) <= to,
      ),
    );

  const paid = invoices.filter(({ paidDate }) => paidDate !== null);
  const disputed = due.filter(({ disputedAt }) => disputedAt !== null);
  const delay = averageDelay([...paid, ...overdue, ...disputed], today);
  return {
    amountOutstanding: sum(open) - unapplied,
    amountDue: sum(due),
    amountOverdue: sum(overdue),
    countInvoicesDue: due.length,
    countInvoicesOverdue: overdue.length,
    ageing: {
      days1To30: lateBy(1, 30),
      days31To60: lateBy(31, 60),
      days61To90: lateBy(61, 90),
      over90: lateBy(91, Infinity),
    },
    averagePaymentDelay: delay,
    rating: delay === null ? null : delay <= 30 ? 'A' : delay <= 60 ? 'B' : delay <= 90 ? 'C' : 'D',
    oldestOverdueDueDate: overdue.map(({ dueDate }) => dueDate).toSorted()[0] ?? null,
  };
}

function averageDelay(invoices: readonly InvoiceFacts[], today: string): number | null {
  const total = invoices.reduce((amount, { grossAmount }) => amount + grossAmount, 0);
  if (total === 0) return null;
  const weighted = invoices.reduce(
    (days, { grossAmount, dueDate, paidDate }) =>
      days + grossAmount * daysBetween(dueDate, paidDate ?? today),
    0,
  );
  return Math.round((weighted / total) * 10) / 10;
}

function sum(invoices: readonly InvoiceFacts[]): number {
  return invoices.reduce((total, { amountOutstanding }) => total + amountOutstanding, 0);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
