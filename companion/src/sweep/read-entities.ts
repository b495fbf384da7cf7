import { z } from 'zod';

/** An invoice in the few values that figures are made of. Days are ISO days; amounts are in the minor unit. */
export interface SweptInvoice {
  id: string;
  customerId: string;
  dueDate: string;
  currency: string | null;
  grossAmount: number;
  amountOutstanding: number;
  /** `void` is left out of every figure. */
  state: 'open' | 'paid' | 'void';
}

export interface SweptPayment {
  customerId: string | undefined;
  /** When it was made. */
  day: string | undefined;
  currency: string | null;
  /** What no invoice was matched to. */
  unapplied: number;
  /** Invoices that it settled, with the day. */
  settled: { invoiceId: string; day: string }[];
}

/** Drafts, unsent, voided and written-off invoices count nowhere; disputed ones do. */
const VOID_STATES = new Set(['CANCELLED', 'CANCELED', 'VOID', 'VOIDED', 'DRAFT', 'UNSENT', 'WRITTEN_OFF']);

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((moment) => moment.slice(0, 10));
const text = z.string().nullish();
const money = z.number().nullish();
const owner = { customerId: text, customer: z.looseObject({ id: text }).nullish() };

const invoiceSchema = z.looseObject({
  id: z.string(),
  ...owner,
  dueDate: day,
  currency: text,
  grossAmount: z.number(),
  amountOutstanding: money,
  state: text,
});

const paymentSchema = z.looseObject({
  ...owner,
  currency: text,
  amount: money,
  grossAmount: money,
  amountLinked: money,
  validatedAt: day.nullish().catch(null),
  linkedInvoices: z
    .array(
      z.looseObject({
        linkedAmount: money,
        invoice: z.looseObject({ id: text, paidDate: day.nullish().catch(null) }).nullish(),
      }),
    )
    .nullish(),
});

/** @returns undefined for an item that is not one that can be counted */
export function readInvoice(item: unknown): SweptInvoice | undefined {
  const invoice = invoiceSchema.safeParse(item).data;
  const customerId = invoice?.customerId ?? invoice?.customer?.id;
  if (invoice === undefined || customerId == null) return undefined;
  const { id, dueDate, currency = null, grossAmount, amountOutstanding } = invoice;
  const stateName = invoice.state?.toUpperCase();
  const outstanding = amountOutstanding ?? (stateName === 'PAID' ? 0 : grossAmount);
  const state = VOID_STATES.has(stateName ?? '')
    ? 'void'
    : outstanding > 0 && stateName !== 'PAID'
      ? 'open'
      : 'paid';
  return { id, customerId, dueDate, currency, grossAmount, amountOutstanding: outstanding, state };
}

/** Reads a payment, a refund or a credit note: what of it no invoice was matched to, and what it settled. */
export function readPayment(item: unknown): SweptPayment | undefined {
  const payment = paymentSchema.safeParse(item).data;
  if (payment === undefined) return undefined;
  const { amount, grossAmount, amountLinked, linkedInvoices, validatedAt, currency = null } = payment;
  const whole = amount ?? grossAmount ?? 0;
  const linked =
    amountLinked ?? (linkedInvoices ?? []).reduce((sum, { linkedAmount }) => sum + (linkedAmount ?? 0), 0);
  const settled = (linkedInvoices ?? []).flatMap(({ invoice }) => {
    const { id, paidDate } = invoice ?? {};
    return id == null || paidDate == null ? [] : [{ invoiceId: id, day: paidDate }];
  });
  return {
    customerId: payment.customerId ?? payment.customer?.id ?? undefined,
    day: validatedAt ?? undefined,
    currency,
    unapplied: whole - linked,
    settled,
  };
}
