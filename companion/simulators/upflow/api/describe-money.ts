import { listOf, restOf } from '../changes/link-money.ts';
import type { LinkedList } from '../store/links.ts';
import type { CreditNoteRow, InvoiceRow, PaymentRow, Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** The state of an invoice on a day. Disputes are not shown, and drafts are not kept. */
export function stateOf(row: InvoiceRow, today: string): 'DUE' | 'OVERDUE' | 'PAID' | 'CANCELLED' {
  if (row.cancelledAt !== null) return 'CANCELLED';
  if (row.amountOutstanding <= 0) return 'PAID';
  return row.dueDate.slice(0, 10) < today ? 'OVERDUE' : 'DUE';
}

export function describeInvoice(organization: UpflowOrganization, row: InvoiceRow): object {
  const { id, customId, externalId, name, issuedAt, dueDate, currency, grossAmount, netAmount } = row;
  const customer = customerOf(organization, row);
  const payments = organization.links.to('invoices', row.seq).flatMap(({ from, fromSeq, amount }) => {
    const payment = from === 'payments' ? organization.payments.findBy('seq', fromSeq) : undefined;
    if (payment === undefined) return [];
    const { id: paymentId, externalId: own, validatedAt, instrument } = payment;
    return { id: paymentId, externalId: own, linkedAmount: amount, validatedAt, instrument };
  });
  return {
    ...{ id, customId, externalId, name, customerId: customer?.id ?? null, source: 'API' },
    ...{ issuedAt, dueDate, currency, grossAmount, netAmount, amountOutstanding: row.amountOutstanding },
    dunningPlanId: null,
    state: stateOf(row, organization.today()),
    pdfUrl: null,
    payments,
  };
}

export function describeCreditNote(organization: UpflowOrganization, row: CreditNoteRow): object {
  const { id, customId, externalId, name, issuedAt, dueDate, currency, grossAmount, netAmount } = row;
  return {
    ...{ id, customId, externalId, name, issuedAt, dueDate, currency, grossAmount, netAmount },
    ...describeRest(organization, 'credit_notes', row, grossAmount),
    linkedInvoices: describeLinkedInvoices(organization, 'credit_notes', row),
  };
}

export function describePayment(organization: UpflowOrganization, row: PaymentRow): object {
  return {
    ...describePaid(organization, 'payments', row),
    linkedInvoices: describeLinkedInvoices(organization, 'payments', row),
  };
}

export function describeRefund(organization: UpflowOrganization, row: PaymentRow): object {
  const linked = organization.links.from('refunds', row.seq);
  const those = (list: LinkedList) =>
    linked
      .filter(({ to }) => to === list)
      .map(({ toSeq, amount }) => ({
        linkedAmount: amount,
        id: listOf(organization, list).findBy('seq', toSeq)?.id ?? null,
      }));
  return {
    ...describePaid(organization, 'refunds', row),
    linkedPayments: those('payments'),
    linkedCreditNotes: those('credit_notes'),
  };
}

function describePaid(
  organization: UpflowOrganization,
  list: 'payments' | 'refunds',
  row: PaymentRow,
): object {
  const { id, externalId, amount, currency, validatedAt, createdAt, modifiedAt, bankAccountId } = row;
  return {
    ...{ id, externalId, amount, currency, validatedAt, createdAt, modifiedAt, bankAccountId },
    ...{ instrument: row.instrument ?? 'UNKNOWN', type: 'MANUAL' },
    ...describeRest(organization, list, row, amount),
  };
}

function describeRest(organization: UpflowOrganization, list: LinkedList, row: Row, amount: number): object {
  return {
    amountLinked: amount - restOf(organization, list, row),
    customer: customerOf(organization, row) ?? null,
  };
}

/** What a payment or credit note was linked to; the only place where the API tells when an invoice was paid. */
function describeLinkedInvoices(organization: UpflowOrganization, list: LinkedList, row: Row): object[] {
  const today = organization.today();
  return organization.links.from(list, row.seq).flatMap(({ to, toSeq, amount }) => {
    const invoice = to === 'invoices' ? organization.invoices.findBy('seq', toSeq) : undefined;
    if (invoice === undefined) return [];
    const { id, externalId, customId, amountOutstanding, paidDate } = invoice;
    const status = stateOf(invoice, today);
    return {
      linkedAmount: amount,
      invoice: { id, externalId, customId, status, amountOutstanding, paidDate },
    };
  });
}

/** A customer as others refer to it. */
export function customerOf(organization: UpflowOrganization, { customer }: Row) {
  const row = customer === null ? undefined : organization.customers.findBy('seq', customer);
  if (row === undefined) return undefined;
  const { accountingRef = null } = JSON.parse(row.body) as { accountingRef?: string | null };
  return { id: row.id, externalId: row.externalId, companyName: row.name, accountingRef };
}
