import type { SimulatedCustomer } from '../sample-customers.ts';

/**
 * A customer as `GET /v1/customers` shows it. Money is in the minor unit of `currency`. Pushes know more: rating, payment
 * delay, collection status, portal link and saved payment method are not in the API.
 */
export function describeCustomer(customer: SimulatedCustomer): Record<string, unknown> {
  const { workflow } = customer as { workflow?: { id?: string } | null };
  return {
    id: customer.id,
    externalId: customer.externalId ?? null,
    name: customer.name ?? null,
    accountingRef: customer.accountingRef ?? null,
    vatNumber: customer.vatNumber ?? null,
    currency: customer.currency ?? null,
    balance: customer.amountOutstanding ?? null,
    amountDue: customer.amountDue ?? null,
    amountOverdue: customer.amountOverdue ?? null,
    countInvoicesDue: customer.countInvoicesDue ?? null,
    countInvoicesOverdue: customer.countInvoicesOverdue ?? null,
    dunningPlanId: workflow?.id ?? null,
    directUrl: customer.directUrl ?? null,
    customFields: listCustomFields(customer),
  };
}

function listCustomFields({ customFields }: SimulatedCustomer): object[] {
  if (!Array.isArray(customFields)) return [];
  return (customFields as object[]).map((field) => ({ externalId: null, ...field, source: 'USER_DEFINED' }));
}
