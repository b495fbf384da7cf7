import { describeContact, describeUser } from '../api/describe-people.ts';
import { stateOf } from '../api/describe-money.ts';
import type { CustomerDetails } from '../changes/save-customer.ts';
import type { CustomFieldValue } from '../changes/set-custom-fields.ts';
import { portalLinkOfPushes } from '../portal-links.ts';
import { pushedCustomers } from '../push-customers.ts';
import type { CustomerRow, InvoiceRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { renderPage } from './render-page.ts';
import { renderFacts, renderTable, show, showAmount, type Column } from './show-value.ts';

type Described = Record<string, unknown>;

const contactColumns: Column<Described>[] = [
  {
    heading: 'Name',
    cell: ({ firstName, lastName }) => show([firstName, lastName].filter(Boolean).join(' ')),
  },
  { heading: 'Email', cell: ({ email }) => show(email) },
  { heading: 'Main', cell: ({ isMain }) => (isMain === true ? 'Main contact' : '–') },
  { heading: 'Job title', cell: ({ jobTitle }) => show(jobTitle) },
  { heading: 'Position', cell: ({ position }) => show(position) },
  { heading: 'Phone', cell: ({ phone }) => show(phone) },
  {
    heading: 'Custom fields',
    cell: ({ customFields }) => {
      const fields = customFields as CustomFieldValue[];
      return fields.map(({ name, value }) => `${show(name)}: ${show(value)}`).join('<br>') || '–';
    },
  },
];
const userColumns: Column<Described>[] = [
  {
    heading: 'Name',
    cell: ({ firstName, lastName }) => show([firstName, lastName].filter(Boolean).join(' ')),
  },
  { heading: 'Email', cell: ({ email }) => show(email) },
  { heading: 'Status', cell: ({ status }) => show(status) },
];
const fieldColumns: Column<CustomFieldValue>[] = [
  { heading: 'Field', cell: ({ name, id }) => show(name ?? id) },
  { heading: 'Type', cell: ({ type }) => show(type) },
  { heading: 'Value', cell: ({ value }) => show(value) },
];
const invoiceColumns = (today: string): Column<InvoiceRow>[] => [
  { heading: 'Invoice', cell: ({ customId }) => show(customId) },
  {
    heading: 'State',
    cell: (row) => show(stateOf(row, today)) + (row.disputedAt === null ? '' : ', disputed'),
  },
  { heading: 'Issued', cell: ({ issuedAt }) => show(issuedAt.slice(0, 10)) },
  { heading: 'Due', cell: ({ dueDate }) => show(dueDate.slice(0, 10)) },
  {
    heading: 'Amount',
    cell: ({ grossAmount, currency }) => showAmount(grossAmount, currency),
    isNumber: true,
  },
  {
    heading: 'Outstanding',
    cell: ({ amountOutstanding, currency }) => showAmount(amountOutstanding, currency),
    isNumber: true,
  },
  { heading: 'Paid', cell: ({ paidDate }) => show(paidDate) },
];

/** A customer with all that the import brings: contacts, assigned users, custom fields; and its invoices. */
export function renderCustomer(organization: UpflowOrganization, row: CustomerRow): string {
  const [customer] = pushedCustomers(organization, [row]);
  const { accountManagerIds = [] } = JSON.parse(row.details) as CustomerDetails;
  const users = accountManagerIds.flatMap((id) => organization.users.findBy('id', id) ?? []);
  const { customFields = [] } = JSON.parse(row.body) as { customFields?: CustomFieldValue[] };
  const contacts = organization.contacts.of(row.seq).map((contact) => describeContact(contact) as Described);
  const invoices = organization.invoices.of(row.seq);
  const body = [
    '<p><a href="/">All customers</a></p>',
    renderFacts(factsOf(organization, row, customer ?? {})),
    section(
      'Assigned users',
      'Nobody is assigned.',
      userColumns,
      users.map((user) => describeUser(user) as Described),
    ),
    section('Contacts', 'There are no contacts.', contactColumns, contacts),
    section(
      'Custom fields',
      'No custom field has a value.',
      fieldColumns,
      Array.isArray(customFields) ? customFields : [],
    ),
    section('Invoices', 'There are no invoices.', invoiceColumns(organization.today()), invoices),
  ].join('\n');
  return renderPage({ title: row.name ?? row.id, path: '/customers', body });
}

function section<Row>(
  title: string,
  empty: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  return `<h2>${title}</h2>\n${rows.length === 0 ? `<p>${empty}</p>` : renderTable(title, columns, rows)}`;
}

function factsOf(
  organization: UpflowOrganization,
  row: CustomerRow,
  customer: Record<string, unknown>,
): [string, string][] {
  const { currency, workflow } = customer;
  const link = portalLinkOfPushes(organization, row).portal?.url;
  const address = link === undefined ? undefined : link.slice(new URL(link).origin.length);
  return [
    ['Outstanding', showAmount(customer.amountOutstanding, currency)],
    ['Due', showAmount(customer.amountDue, currency)],
    ['Overdue', showAmount(customer.amountOverdue, currency)],
    [
      'Average payment delay',
      typeof customer.averagePaymentDelay === 'number' ? `${customer.averagePaymentDelay} days` : '–',
    ],
    ['Rating', show(customer.rating)],
    ['Last payment', show(customer.lastPaymentAt)],
    ['Collection', show(customer.collectionStatus)],
    ['Workflow', show((workflow as { name?: string } | null | undefined)?.name)],
    ['External id', show(row.externalId)],
    ['Id', `<code>${show(row.id)}</code>`],
    ['Portal', address === undefined ? 'Switched off' : `<a href="${show(address)}">Open the portal</a>`],
  ];
}
