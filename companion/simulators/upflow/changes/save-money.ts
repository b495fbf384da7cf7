import { z } from 'zod';
import { ApiProblem, readBody } from '../api/api-problem.ts';
import { newId, touchCustomer } from '../push-customers.ts';
import type { LinkedList } from '../store/links.ts';
import type { List } from '../store/list.ts';
import type { CreditNoteRow, CustomerRow, InvoiceRow, PaymentRow, Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { linkMoney, listOf, settleAfter, settleInvoice } from './link-money.ts';
import { currency, identifier, minorUnits, moment, optionalText, reference, requiredText } from './shapes.ts';

const amount = minorUnits.min(0, 'must not be negative');
const ids = { id: identifier.nullish(), externalId: identifier.nullish(), customer: reference.nullish() };
const linkShape = z.looseObject({
  id: optionalText,
  externalId: optionalText,
  customId: optionalText,
  linkedAmount: minorUnits.min(1, 'must be more than 0'),
});
const links = z.array(linkShape, 'must be a list').optional();
const invoiceShape = z.looseObject({
  ...ids,
  ...{ customId: requiredText, name: optionalText, issuedAt: moment, dueDate: moment, currency },
  ...{ grossAmount: amount, netAmount: amount },
});
const creditNoteShape = z.looseObject({
  ...ids,
  ...{ customId: requiredText, name: optionalText, issuedAt: moment.nullish(), dueDate: moment.nullish() },
  ...{ currency, grossAmount: amount, netAmount: amount, linkedInvoices: links },
});
const instruments = ['WIRE_TRANSFER', 'DIRECT_DEBIT', 'CARD', 'CASH', 'CHECK', 'UNKNOWN'] as const;
const paid = {
  ...ids,
  ...{ currency, amount, validatedAt: moment, bankAccountId: optionalText },
  instrument: z.enum(instruments, `must be one of ${instruments.join(', ')}`).nullish(),
};
const paymentShape = z.looseObject({ ...paid, linkedInvoices: links });
const refundShape = z.looseObject({ ...paid, linkedPayments: links, linkedCreditNotes: links });

export interface Saved<Kind> {
  row: Kind;
  isNew: boolean;
}

/** Changes the invoice with that id or external id, or adds it. */
export function saveInvoice(
  organization: UpflowOrganization,
  body: unknown,
  at?: CustomerRow,
): Saved<InvoiceRow> {
  const given = readBody(invoiceShape, body);
  if (at === undefined && given.customer == null) throw new ApiProblem(400, 'customer is required.');
  const { customId, name = null, issuedAt, dueDate, currency: unit, grossAmount, netAmount } = given;
  const values = { customId, name, issuedAt, dueDate, currency: unit, grossAmount, netAmount };
  const saved = save(organization, organization.invoices, given, at, values, {
    ...{ amountOutstanding: grossAmount, paidDate: null, cancelledAt: null, disputedAt: null },
  });
  settleInvoice(organization, saved.row.seq);
  return { ...saved, row: organization.invoices.findBy('seq', saved.row.seq) ?? saved.row };
}

/** Changes the credit note with that id or external id, or adds it; links that are given take the place of its own. */
export function saveCreditNote(
  organization: UpflowOrganization,
  body: unknown,
  at?: CustomerRow,
): Saved<CreditNoteRow> {
  const given = readBody(creditNoteShape, body);
  const { customId, name = null, issuedAt = null, dueDate = null, currency: unit } = given;
  const { grossAmount, netAmount } = given;
  const values = { customId, name, issuedAt, dueDate, currency: unit, grossAmount, netAmount };
  const saved = save(organization, organization.creditNotes, given, at, values, {});
  relink(organization, 'credit_notes', saved.row, { invoices: given.linkedInvoices });
  return saved;
}

/** Changes the payment with that id or external id, or adds it; links that are given take the place of its own. */
export function savePayment(
  organization: UpflowOrganization,
  body: unknown,
  at?: CustomerRow,
): Saved<PaymentRow> {
  const given = readBody(paymentShape, body);
  const saved = save(organization, organization.payments, given, at, paidValues(given), {});
  relink(organization, 'payments', saved.row, { invoices: given.linkedInvoices });
  return saved;
}

/** Changes the refund with that id or external id, or adds it; links that are given take the place of its own. */
export function saveRefund(
  organization: UpflowOrganization,
  body: unknown,
  at?: CustomerRow,
): Saved<PaymentRow> {
  const given = readBody(refundShape, body);
  const saved = save(organization, organization.refunds, given, at, paidValues(given), {});
  const { linkedPayments: payments, linkedCreditNotes } = given;
  relink(organization, 'refunds', saved.row, { payments, credit_notes: linkedCreditNotes });
  return saved;
}

/** Removes an invoice, payment, credit note or refund, and what linked it to others. */
export function removeMoney(organization: UpflowOrganization, name: LinkedList, row: Row): void {
  const removed = organization.links.removeAll(name, row.seq);
  (listOf(organization, name) as unknown as List<Row>).remove(row);
  settleAfter(organization, removed);
  touchCustomer(organization, row.customer);
}

function paidValues(given: z.infer<typeof paymentShape>) {
  const { currency: unit, amount: paidAmount, validatedAt, instrument = null, bankAccountId = null } = given;
  return { currency: unit, amount: paidAmount, validatedAt, instrument, bankAccountId };
}

function save<Kind extends Row>(
  organization: UpflowOrganization,
  list: List<Kind>,
  given: z.infer<z.ZodObject<typeof ids>>,
  at: CustomerRow | undefined,
  values: Partial<Kind>,
  first: Partial<Kind>,
): Saved<Kind> {
  const customer = at ?? findCustomer(organization, given.customer);
  const modifiedAt = organization.now().toISOString();
  const present = list.findReferred(given);
  const belongsTo = customer?.seq ?? present?.customer ?? null;
  const row =
    present === undefined
      ? list.insert({
          ...{ id: given.id ?? newId(), externalId: given.externalId ?? null, customer: belongsTo },
          ...{ createdAt: modifiedAt, modifiedAt },
          ...first,
          ...values,
        } as unknown as Kind)
      : list.update(present, { ...values, customer: belongsTo, modifiedAt });
  for (const seq of new Set([present?.customer ?? null, belongsTo])) touchCustomer(organization, seq);
  return { row, isNew: present === undefined };
}

function findCustomer(
  organization: UpflowOrganization,
  given: z.infer<typeof reference> | null | undefined,
): CustomerRow | undefined {
  if (given == null) return undefined;
  const customer = organization.customers.findReferred(given);
  if (customer === undefined) throw new ApiProblem(400, 'customer does not exist.');
  return customer;
}

function relink(
  organization: UpflowOrganization,
  from: LinkedList,
  row: Row,
  given: Partial<Record<LinkedList, z.infer<typeof links>>>,
): void {
  if (Object.values(given).every((list) => list === undefined)) return;
  settleAfter(organization, organization.links.removeOwn(from, row.seq));
  for (const [to, list] of Object.entries(given) as [LinkedList, z.infer<typeof links>][]) {
    for (const link of list ?? []) {
      const target = findLinked(organization, to, link);
      linkMoney(organization, { from, to, amount: link.linkedAmount, reconcile: null }, row, target);
    }
  }
  touchCustomer(organization, row.customer);
}

/** @throws {ApiProblem} 400 for something that is not there */
export function findLinked(
  organization: UpflowOrganization,
  to: LinkedList,
  link: { id?: unknown; externalId?: unknown; customId?: unknown },
): Row {
  const byNumber = (customId: string) =>
    organization.store.all<{ seq: number }>(`select seq from ${to} where customId = ?`, customId)[0]?.seq;
  const seq =
    typeof link.customId === 'string' && 'invoices credit_notes'.includes(to)
      ? byNumber(link.customId)
      : undefined;
  const list = listOf(organization, to) as unknown as List<Row>;
  const row = list.findReferred(link) ?? (seq === undefined ? undefined : list.findBy('seq', seq));
  if (row === undefined) throw new ApiProblem(400, `What is linked is not one of the ${to}.`);
  return row;
}
