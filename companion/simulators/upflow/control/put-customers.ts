import { z } from 'zod';
import { removeMoney, savePayment } from '../changes/save-money.ts';
import { newId } from '../push-customers.ts';
import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

const invoiceShape = z.looseObject({
  id: z.string().optional(),
  externalId: z.string().nullish(),
  customId: z.string().optional(),
  issuedAt: z.string().optional(),
  dueDate: z.string(),
  currency: z.string().optional(),
  grossAmount: z.int(),
  amountOutstanding: z.int().optional(),
  paidAt: z.string().nullish(),
});
const customersShape = z.array(
  z.looseObject({
    id: z.string().min(1),
    updatedAt: z.iso.datetime({ offset: true }).optional(),
    invoices: z.array(invoiceShape).optional(),
  }),
);
/** A list of customers, bare or under its name; what is wrong with it is told by its name. */
export const putShape = z.preprocess(
  (body) => (typeof body === 'object' && body !== null && 'customers' in body ? body : { customers: body }),
  z.object({ customers: customersShape }),
);
type Change = z.infer<typeof customersShape>[number];

/** Changes a customer as it is given, or adds it. Figures that are given hold until an invoice or a payment changes. */
export function putCustomer(organization: UpflowOrganization, change: Change): CustomerRow {
  const { id, externalId, name, updatedAt, invoices, ...body } = change;
  const now = organization.now().toISOString();
  const isGivenText = (value: unknown) => typeof value === 'string' || value === null;
  const present =
    organization.customers.findBy('id', id) ??
    organization.customers.insert({
      ...{ id, externalId: null, customer: null, createdAt: now, modifiedAt: now, name: null },
      ...{ body: '{}', details: '{}' },
    });
  const changed = organization.customers.update(present, {
    externalId: isGivenText(externalId) ? externalId : present.externalId,
    name: isGivenText(name) ? name : present.name,
    modifiedAt: updatedAt ?? now,
    body: JSON.stringify({
      ...(JSON.parse(present.body) as object),
      ...body,
      // What is no text can be tried out too: it is pushed as it is.
      ...(externalId === undefined || isGivenText(externalId) ? {} : { externalId }),
      ...(name === undefined || isGivenText(name) ? {} : { name }),
    }),
  });
  if (invoices === undefined) return changed;
  replaceInvoices(organization, changed, invoices);
  return organization.customers.update(changed, { modifiedAt: changed.modifiedAt });
}

function replaceInvoices(
  organization: UpflowOrganization,
  customer: CustomerRow,
  given: NonNullable<Change['invoices']>,
): void {
  for (const row of organization.invoices.of(customer.seq)) {
    for (const { from, fromSeq } of organization.links.to('invoices', row.seq)) {
      const payment = from === 'payments' ? organization.payments.findBy('seq', fromSeq) : undefined;
      if (payment !== undefined) removeMoney(organization, 'payments', payment);
    }
    removeMoney(organization, 'invoices', row);
  }
  const { currency: usual = organization.settings.currency } = JSON.parse(customer.body) as {
    currency?: string;
  };
  const at = organization.now().toISOString();
  for (const [index, invoice] of given.entries()) {
    const { grossAmount, dueDate, currency = usual, paidAt = null } = invoice;
    const row = organization.invoices.insert({
      ...{ id: invoice.id ?? newId(), externalId: invoice.externalId ?? null, customer: customer.seq },
      ...{ createdAt: at, modifiedAt: at, customId: invoice.customId ?? `INV-${index + 1}`, name: null },
      ...{ issuedAt: invoice.issuedAt ?? dueDate, dueDate, currency, grossAmount, netAmount: grossAmount },
      ...{ amountOutstanding: grossAmount, paidDate: null, cancelledAt: null, disputedAt: null },
    });
    const paid = grossAmount - (invoice.amountOutstanding ?? (paidAt === null ? grossAmount : 0));
    if (paid <= 0) continue;
    const linkedInvoices = [{ id: row.id, linkedAmount: paid }];
    const validatedAt = paidAt ?? organization.today();
    savePayment(organization, { currency, amount: paid, validatedAt, linkedInvoices }, customer);
  }
}
