import { Router } from 'express';
import { z } from 'zod';
import {
  describeCreditNote,
  describeInvoice,
  describePayment,
  describeRefund,
} from '../api/describe-money.ts';
import { describeAction, newRow } from '../api/serve-settings.ts';
import { findCustomer } from '../api/serve-customers.ts';
import { settleInvoice } from '../changes/link-money.ts';
import { findLinked, saveCreditNote, saveInvoice, savePayment, saveRefund } from '../changes/save-money.ts';
import { currencyOf } from '../figures/figures-of-customers.ts';
import { pushesOf } from '../push-customers.ts';
import { dayAfter } from '../sample/sample-values.ts';
import type { CustomerRow, InvoiceRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

type Body = Record<string, unknown>;
type Add = (organization: UpflowOrganization, customer: CustomerRow, body: Body) => object;

const markShape = z.looseObject({
  /** Its id, external id or number. */
  invoice: z.string(),
  /** False takes the mark back. */
  on: z.boolean().default(true),
});

/** Adds something of a customer as the API does, with what is left out filled in, and pushes the customer at once. */
export function serveEntities(organization: UpflowOrganization): Router {
  const router = Router();
  const adds: [path: string, add: Add][] = [
    ['/customers/:id/invoices', addInvoice],
    ['/customers/:id/payments', addPayment],
    ['/customers/:id/credit-notes', addCreditNote],
    ['/customers/:id/refunds', addRefund],
    ['/customers/:id/disputes', (...given) => mark('disputedAt', ...given)],
    ['/customers/:id/cancellations', (...given) => mark('cancelledAt', ...given)],
    ['/customers/:id/actions', addAction],
  ];
  for (const [path, add] of adds) {
    router.post(path, async (req, res) => {
      const customer = findCustomer(organization, String(req.params.id));
      const body = (req.body ?? {}) as Body;
      const made = organization.transact(() => add(organization, customer, body));
      organization.pending.drop(customer.seq);
      const changed = organization.customers.findBy('seq', customer.seq) ?? customer;
      const pushes = await organization.targets.send(pushesOf(organization, [changed]));
      res.status(201).json({ ...made, pushes });
    });
  }
  return router;
}

function addInvoice(organization: UpflowOrganization, customer: CustomerRow, body: Body): object {
  const amount = body.grossAmount ?? 10_000;
  const given = {
    customId: `INV-${organization.invoices.count() + 1}`,
    issuedAt: organization.today(),
    dueDate: dayAfter(organization.now(), 30),
    currency: currencyOf(organization, customer),
    ...{ grossAmount: amount, netAmount: amount },
    ...body,
  };
  return describeInvoice(organization, saveInvoice(organization, given, customer).row);
}

/** Pays the invoices that are named, or none: then the money stays unapplied. */
function addPayment(organization: UpflowOrganization, customer: CustomerRow, body: Body): object {
  return describePayment(
    organization,
    savePayment(organization, paid(organization, customer, body), customer).row,
  );
}

function addRefund(organization: UpflowOrganization, customer: CustomerRow, body: Body): object {
  return describeRefund(
    organization,
    saveRefund(organization, paid(organization, customer, body), customer).row,
  );
}

function addCreditNote(organization: UpflowOrganization, customer: CustomerRow, body: Body): object {
  const amount = body.grossAmount ?? sumOfLinks(body);
  const given = {
    customId: `CN-${organization.creditNotes.count() + 1}`,
    issuedAt: organization.today(),
    currency: currencyOf(organization, customer),
    ...{ grossAmount: amount, netAmount: amount },
    ...body,
  };
  return describeCreditNote(organization, saveCreditNote(organization, given, customer).row);
}

function paid(organization: UpflowOrganization, customer: CustomerRow, body: Body): Body {
  const currency = currencyOf(organization, customer);
  return { currency, amount: sumOfLinks(body), validatedAt: organization.today(), ...body };
}

function sumOfLinks({ linkedInvoices, linkedPayments, linkedCreditNotes }: Body): number {
  return [linkedInvoices, linkedPayments, linkedCreditNotes]
    .flatMap((links) => (Array.isArray(links) ? (links as { linkedAmount?: number }[]) : []))
    .reduce((sum, { linkedAmount = 0 }) => sum + linkedAmount, 0);
}

/** Marks an invoice as disputed or cancelled. */
function mark(
  column: 'disputedAt' | 'cancelledAt',
  organization: UpflowOrganization,
  _customer: CustomerRow,
  body: Body,
): object {
  const { invoice, on } = markShape.parse(body);
  const names = { id: invoice, externalId: invoice, customId: invoice };
  const row = (organization.invoices.findBy('id', invoice) ??
    organization.invoices.findBy('externalId', invoice) ??
    findLinked(organization, 'invoices', names)) as InvoiceRow;
  const changes = { [column]: on ? organization.today() : null } as Partial<InvoiceRow>;
  organization.invoices.update(row, { ...changes, modifiedAt: organization.now().toISOString() });
  settleInvoice(organization, row.seq);
  return describeInvoice(organization, organization.invoices.findBy('seq', row.seq) ?? row);
}

function addAction(organization: UpflowOrganization, customer: CustomerRow, body: Body): object {
  const { state = 'TODO', dueDate = dayAfter(organization.now(), 1), ...others } = body;
  const row = organization.actions.insert({
    ...newRow(organization),
    customer: customer.seq,
    ...{ state: String(state), dueDate: typeof dueDate === 'string' ? dueDate : null },
    body: JSON.stringify({ name: 'Reminder', type: 'EMAIL', source: 'WORKFLOW', ...others }),
  });
  return describeAction(organization, row);
}
