import type { LinkedList } from '../store/links.ts';
import type { List } from '../store/list.ts';
import type { CustomerRow, Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { settleAfter } from './link-money.ts';

/** Removes a customer and all that belongs to it. */
export function removeCustomer(organization: UpflowOrganization, customer: CustomerRow): void {
  const { invoices, payments, creditNotes, refunds, contacts, actions, notes } = organization;
  for (const list of [
    invoices,
    payments,
    creditNotes,
    refunds,
    contacts,
    actions,
    notes,
  ] as unknown as List<Row>[]) {
    for (const row of list.of(customer.seq)) {
      settleAfter(organization, organization.links.removeAll(list.name as LinkedList, row.seq));
      list.remove(row);
    }
  }
  organization.customers.remove(customer);
}
