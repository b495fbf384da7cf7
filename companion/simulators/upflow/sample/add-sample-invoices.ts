import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { dayAfter, uuidFor } from './sample-values.ts';

interface Payer {
  externalId: string;
  currency: string;
  /** 0 for one that pays on time. */
  lateness: number;
  random: () => number;
}

/** Half a year of invoices, the payments of those that are paid, and sometimes money that belongs to none. */
export function addSampleInvoices(
  organization: UpflowOrganization,
  customer: CustomerRow,
  payer: Payer,
): void {
  const { externalId, random } = payer;
  const count = 6 + Math.floor(random() * 14);
  for (let number = 0; number < count; number++) addInvoice(organization, customer, payer, number);
  const unapplied = random() < 0.2 ? Math.round(random() * 50_000) : 0;
  if (unapplied > 0) {
    const day = dayAfter(organization.now(), -20);
    addPayment(organization, customer, payer, { name: `unapplied ${externalId}`, amount: unapplied, day });
  }
}

function addInvoice(
  organization: UpflowOrganization,
  customer: CustomerRow,
  payer: Payer,
  number: number,
): void {
  const { externalId, currency, lateness, random } = payer;
  const now = organization.now();
  const age = Math.floor(random() * 200);
  const grossAmount = Math.round((300 + random() ** 3 * 60_000) * 100);
  const paysLateBy = Math.round(lateness * (0.25 + random()) * 130);
  const paidOnDay = 30 - age + paysLateBy;
  const isPaid = age > 30 && paidOnDay < 0;
  const name = `${externalId} ${number}`;
  const issuedAt = dayAfter(now, -age);
  const invoice = organization.invoices.insert({
    ...{ id: uuidFor(`invoice ${name}`), externalId: null, customer: customer.seq },
    ...{ createdAt: `${issuedAt}T09:00:00.000Z`, modifiedAt: now.toISOString() },
    customId: `INV-${externalId}-${String(number + 1).padStart(3, '0')}`,
    ...{ name: null, issuedAt, dueDate: dayAfter(now, 30 - age), currency },
    ...{ grossAmount, netAmount: Math.round(grossAmount / 1.2), amountOutstanding: isPaid ? 0 : grossAmount },
    ...{ paidDate: isPaid ? dayAfter(now, paidOnDay) : null, cancelledAt: null, disputedAt: null },
  });
  if (invoice.paidDate === null) return;
  const payment = addPayment(organization, customer, payer, {
    name,
    amount: grossAmount,
    day: invoice.paidDate,
  });
  organization.links.add({
    ...{ from: 'payments', fromSeq: payment.seq, to: 'invoices', toSeq: invoice.seq },
    ...{ amount: grossAmount, reconcile: null },
  });
}

function addPayment(
  organization: UpflowOrganization,
  { seq }: CustomerRow,
  { currency }: Payer,
  { name, amount, day }: { name: string; amount: number; day: string },
) {
  const at = `${day}T10:00:00.000Z`;
  return organization.payments.insert({
    ...{ id: uuidFor(`payment ${name}`), externalId: null, customer: seq, createdAt: at, modifiedAt: at },
    ...{ currency, amount, validatedAt: day, instrument: 'WIRE_TRANSFER', bankAccountId: null },
  });
}
