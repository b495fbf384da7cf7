import type { CustomerDetails } from '../changes/save-customer.ts';
import type { CustomFieldValue } from '../changes/set-custom-fields.ts';
import { currencyOf, figuresOfCustomers, type CustomerFigures } from '../figures/figures-of-customers.ts';
import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** What a customer looks like in pushes; each value may be missing. */
interface Pushed {
  amountOutstanding?: number;
  amountDue?: number;
  amountOverdue?: number;
  countInvoicesDue?: number;
  countInvoicesOverdue?: number;
  accountingRef?: string;
  vatNumber?: string;
  directUrl?: string;
  workflow?: { id?: string } | null;
  customFields?: CustomFieldValue[];
}

/** Customers as the API's lists show them. */
export function describeCustomers(organization: UpflowOrganization, rows: readonly CustomerRow[]): object[] {
  const figures = figuresOfCustomers(organization, rows);
  return rows.map((row) => describe(organization, row, figures.get(row.seq)));
}

/** One customer as the API shows it. */
export function describeCustomer(organization: UpflowOrganization, row: CustomerRow): object {
  return describe(organization, row, figuresOfCustomers(organization, [row]).get(row.seq));
}

/**
 * Money is in the minor unit of `currency`. Pushes know more: rating, payment delay, collection status, portal link and
 * saved payment method are not in the API.
 */
function describe(
  organization: UpflowOrganization,
  row: CustomerRow,
  figures: CustomerFigures | undefined,
): object {
  const body = JSON.parse(row.body) as Pushed;
  const details = JSON.parse(row.details) as CustomerDetails;
  const shown = { ...figures, ...body };
  return {
    id: row.id,
    externalId: row.externalId,
    name: row.name,
    accountingRef: body.accountingRef ?? null,
    vatNumber: body.vatNumber ?? null,
    address: details.address ?? null,
    parent: details.parent ?? null,
    paymentMethods: details.paymentMethods ?? null,
    currency: currencyOf(organization, row),
    balance: shown.amountOutstanding ?? 0,
    amountDue: shown.amountDue ?? 0,
    amountOverdue: shown.amountOverdue ?? 0,
    countInvoicesDue: shown.countInvoicesDue ?? 0,
    countInvoicesOverdue: shown.countInvoicesOverdue ?? 0,
    accountManagerId: details.accountManagerIds?.[0] ?? null,
    dunningPlanId: body.workflow?.id ?? null,
    directUrl: body.directUrl ?? `https://app.upflow.example/customers/${row.id}`,
    customFields: describeCustomFields(body.customFields),
  };
}

/** Values of custom fields, those of a customer or of a contact. */
export function describeCustomFields(customFields: unknown): object[] {
  if (!Array.isArray(customFields)) return [];
  return (customFields as object[]).map((field) => ({ externalId: null, ...field, source: 'USER_DEFINED' }));
}
