import { describeAction } from '../api/serve-settings.ts';
import { describeContact, describeUser } from '../api/describe-people.ts';
import { describeCreditNote, describePayment, describeRefund } from '../api/describe-money.ts';
import type { CustomerDetails } from '../changes/save-customer.ts';
import { controlInvoice, pushedCustomers, type PushedCustomer } from '../push-customers.ts';
import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** Customers as pushes carry them, with their invoices. */
export function withInvoices(
  organization: UpflowOrganization,
  rows: readonly CustomerRow[],
): (PushedCustomer & { invoices: object[] })[] {
  const invoices = Map.groupBy(
    organization.invoices.ofAll(rows.map(({ seq }) => seq)),
    ({ customer }) => customer ?? 0,
  );
  return pushedCustomers(organization, rows).map((customer, index) => ({
    ...customer,
    invoices: (invoices.get(rows[index]?.seq ?? 0) ?? []).map(controlInvoice),
  }));
}

/** All that there is of a customer. */
export function describeEverything(organization: UpflowOrganization, row: CustomerRow): object {
  const { seq } = row;
  const { accountManagerIds = [], ...details } = JSON.parse(row.details) as CustomerDetails;
  const [customer] = withInvoices(organization, [row]);
  return {
    customFields: [],
    ...customer,
    ...details,
    contacts: organization.contacts.of(seq).map(describeContact),
    accountManagers: accountManagerIds.flatMap((id) => {
      const user = organization.users.findBy('id', id);
      return user === undefined ? [] : describeUser(user);
    }),
    payments: organization.payments.of(seq).map((payment) => describePayment(organization, payment)),
    creditNotes: organization.creditNotes.of(seq).map((note) => describeCreditNote(organization, note)),
    refunds: organization.refunds.of(seq).map((refund) => describeRefund(organization, refund)),
    actions: organization.actions.of(seq).map((action) => describeAction(organization, action)),
    notes: organization.notes.of(seq).map(({ id, content, createdAt }) => ({ id, content, createdAt })),
  };
}
