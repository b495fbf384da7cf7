import { escapeHtml } from '../../salesforce/http/escape-html.ts';
import type { PushedCustomer } from '../push-customers.ts';
import { renderPage } from './render-page.ts';

/** A plain page with the simulated customers, for people who follow the demo. */
export function renderCustomers(customers: readonly PushedCustomer[], total: number): string {
  const rows = customers
    .map(
      (customer) =>
        `<tr><td><a href="/customers/${encodeURIComponent(customer.id)}">${show(customer.name ?? customer.id)}</a></td>` +
        `<td>${show(customer.externalId)}</td>` +
        `<td class="n">${amount(customer, 'amountOutstanding')}</td><td class="n">${amount(customer, 'amountOverdue')}</td>` +
        `<td>${show(customer.rating)}</td><td>${show(customer.collectionStatus)}</td><td><code>${show(customer.id)}</code></td></tr>`,
    )
    .join('\n');
  const more =
    total > customers.length
      ? `<p>The first ${customers.length} of ${total} customers. The API has all of them.</p>`
      : '';
  const body = `<p>Change a customer with <code>PUT /_simulator/customers</code>; the change is pushed to the companion at once.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Customers"><table>
<thead><tr><th>Customer</th><th>External id</th><th class="n">Outstanding</th><th class="n">Overdue</th><th>Rating</th><th>Collection</th><th>Id</th></tr></thead>
<tbody>
${rows}
</tbody></table></div>${more}`;
  return renderPage({ title: 'Customers', path: '/', body });
}

function amount(customer: PushedCustomer, key: string): string {
  const minor = customer[key];
  return typeof minor === 'number' ? `${(minor / 100).toFixed(2)} ${show(customer.currency)}` : '–';
}

function show(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? escapeHtml(String(value)) : '–';
}
