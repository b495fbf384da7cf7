import { escapeHtml } from '../../salesforce/http/escape-html.ts';
import { stateOf } from '../api/describe-money.ts';
import { isPortalOn, opensPortal } from '../portal-links.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { renderPage } from './render-page.ts';
import { renderTable, show, showAmount } from './show-value.ts';

/** What a customer sees who follows a portal link. @returns the page and its status */
export function renderPortal(
  organization: UpflowOrganization,
  id: string,
  token: string,
): { status: number; page: string } {
  if (!opensPortal(organization, id, token))
    return tell(
      403,
      'Invalid link',
      'This link is not valid, or not any more. Ask whoever sent it for another one.',
    );
  const row = organization.customers.findBy('id', id);
  if (row === undefined || !isPortalOn(row))
    return tell(404, 'Portal not found', 'There is no portal for this customer.');
  const open = organization.invoices.of(row.seq).filter(({ amountOutstanding }) => amountOutstanding > 0);
  const today = organization.today();
  const table = renderTable(
    'Invoices to be paid',
    [
      { heading: 'Invoice', cell: ({ customId }) => show(customId) },
      { heading: 'State', cell: (invoice) => show(stateOf(invoice, today)) },
      { heading: 'Due', cell: ({ dueDate }) => show(dueDate.slice(0, 10)) },
      {
        heading: 'Outstanding',
        cell: ({ amountOutstanding, currency }) => showAmount(amountOutstanding, currency),
        isNumber: true,
      },
    ],
    open,
  );
  const body = open.length === 0 ? '<p>There is nothing to be paid.</p>' : table;
  const title = `Portal of ${row.name ?? row.id}`;
  return { status: 200, page: renderPage({ title, path: '/portal', body }) };
}

function tell(status: number, title: string, words: string): { status: number; page: string } {
  return { status, page: renderPage({ title, path: '/portal', body: `<p>${escapeHtml(words)}</p>` }) };
}
