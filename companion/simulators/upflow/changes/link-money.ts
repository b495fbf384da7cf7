import { ApiProblem } from '../api/api-problem.ts';
import { touchCustomer } from '../push-customers.ts';
import type { Link, LinkedList } from '../store/links.ts';
import type { CreditNoteRow, InvoiceRow, PaymentRow, Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** What an invoice, a payment and so on can be linked to, by the name of its list. */
export function listOf(organization: UpflowOrganization, name: LinkedList) {
  const { invoices, payments, creditNotes, refunds } = organization;
  return { invoices, payments, credit_notes: creditNotes, refunds }[name];
}

/** What is left of a payment, credit note or refund, or to pay of an invoice. */
export function restOf(organization: UpflowOrganization, name: LinkedList, row: Row): number {
  const links = [...organization.links.from(name, row.seq), ...organization.links.to(name, row.seq)];
  const used = links.reduce((sum, { amount }) => sum + amount, 0);
  if (name === 'payments' || name === 'refunds') return (row as PaymentRow).amount - used;
  return (row as InvoiceRow | CreditNoteRow).grossAmount - used;
}

/** Links a part of one to another. @throws {ApiProblem} 400 where there is not as much left on both sides */
export function linkMoney(
  organization: UpflowOrganization,
  link: Omit<Link, 'fromSeq' | 'toSeq'>,
  from: Row,
  to: Row,
): void {
  const { amount } = link;
  const rest = Math.min(restOf(organization, link.from, from), restOf(organization, link.to, to));
  if (amount > rest)
    throw new ApiProblem(400, `linkedAmount ${amount} is more than the ${rest} that are left.`);
  organization.links.add({ ...link, fromSeq: from.seq, toSeq: to.seq });
  if (link.to === 'invoices') settleInvoice(organization, to.seq);
}

/** Works out again what is left to pay of invoices, after links to them went. */
export function settleAfter(organization: UpflowOrganization, removed: readonly Link[]): void {
  const invoices = removed.filter(({ to }) => to === 'invoices').map(({ toSeq }) => toSeq);
  for (const seq of new Set(invoices)) settleInvoice(organization, seq);
}

/** Works out what is left to pay of an invoice, and when nothing was. */
export function settleInvoice(organization: UpflowOrganization, seq: number): void {
  const row = organization.invoices.findBy('seq', seq);
  if (row === undefined) return;
  const links = organization.links.to('invoices', seq);
  const isCancelled = row.cancelledAt !== null;
  const outstanding = isCancelled ? 0 : restOf(organization, 'invoices', row);
  const days = links.map((link) => dayOf(organization, link)).toSorted();
  const paidDate = outstanding <= 0 && !isCancelled ? (days.at(-1) ?? null) : null;
  if (outstanding !== row.amountOutstanding || paidDate !== row.paidDate)
    organization.invoices.update(row, { amountOutstanding: outstanding, paidDate });
  touchCustomer(organization, row.customer);
}

function dayOf(organization: UpflowOrganization, { from, fromSeq }: Link): string {
  const row = listOf(organization, from).findBy('seq', fromSeq);
  if (row === undefined) return organization.today();
  const moment = 'validatedAt' in row ? row.validatedAt : (row.issuedAt ?? row.createdAt);
  return moment.slice(0, 10);
}
