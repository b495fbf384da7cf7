import type { PushedCustomer } from '../push-customers.ts';
import { renderPage } from './render-page.ts';
import { renderTable, show, showAmount, type Column } from './show-value.ts';

const columns: Column<PushedCustomer>[] = [
  {
    heading: 'Customer',
    cell: ({ id, name }) => `<a href="/customers/${encodeURIComponent(id)}">${show(name ?? id)}</a>`,
  },
  { heading: 'External id', cell: ({ externalId }) => show(externalId) },
  {
    heading: 'Outstanding',
    cell: ({ amountOutstanding, currency }) => showAmount(amountOutstanding, currency),
    isNumber: true,
  },
  {
    heading: 'Overdue',
    cell: ({ amountOverdue, currency }) => showAmount(amountOverdue, currency),
    isNumber: true,
  },
  { heading: 'Rating', cell: ({ rating }) => show(rating) },
  { heading: 'Collection', cell: ({ collectionStatus }) => show(collectionStatus) },
  { heading: 'Id', cell: ({ id }) => `<code>${show(id)}</code>` },
];

/** The customers, for people who follow the demo; of an organization with a million of them nobody reads all. */
export function renderCustomers(customers: readonly PushedCustomer[], total: number): string {
  const more =
    total > customers.length
      ? `<p>The first ${customers.length} of ${total} customers. The API has all of them.</p>`
      : '';
  const body = `<p>Change a customer with <code>PUT /_simulator/customers</code>; the change is pushed to the companion at once.</p>
${renderTable('Customers', columns, customers)}${more}`;
  return renderPage({ title: 'Customers', path: '/', body });
}
