import type { SimulatedCustomer } from './sample-customers.ts';

/** A plain page with the simulated customers, for people who follow the demo. */
export function showCustomers(customers: readonly SimulatedCustomer[]): string {
  const rows = customers
    .map(
      (customer) =>
        `<tr><td>${escape(customer.name)}</td><td>${escape(customer.externalId)}</td>` +
        `<td class="n">${amount(customer, 'amountOutstanding')}</td><td class="n">${amount(customer, 'amountOverdue')}</td>` +
        `<td>${escape(customer.rating)}</td><td>${escape(customer.collectionStatus)}</td><td><code>${escape(customer.id)}</code></td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Upflow simulator</title><link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
  div { overflow-x: auto } table { border-collapse: collapse; width: 100% }
  th, td { text-align: start; padding: .4rem .75rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
  .n { text-align: end; font-variant-numeric: tabular-nums }
</style></head><body><main>
<h1>Upflow simulator</h1>
<p>Change a customer with <code>PUT /_simulator/customers</code>; the change is pushed to the companion at once.</p>
<div tabindex="0" role="region" aria-label="Customers"><table>
<thead><tr><th>Customer</th><th>External id</th><th class="n">Outstanding</th><th class="n">Overdue</th><th>Rating</th><th>Collection</th><th>Id</th></tr></thead>
<tbody>
${rows}
</tbody></table></div></main></body></html>
`;
}

function amount(customer: SimulatedCustomer, key: string): string {
  const minor = customer[key];
  return typeof minor === 'number' ? `${(minor / 100).toFixed(2)} ${escape(customer.currency)}` : '–';
}

function escape(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
