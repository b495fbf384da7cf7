import { randomUUID } from 'node:crypto';
import {
  currencyOf,
  figureKeys,
  figuresOfCustomers,
  type CustomerFigures,
} from './figures/figures-of-customers.ts';
import { portalLinkOfPushes } from './portal-links.ts';
import { makePush, type OutgoingPush } from './send-pushes.ts';
import type { CustomerRow, InvoiceRow } from './store/rows.ts';
import type { UpflowOrganization } from './upflow-organization.ts';

/** A customer as a push carries it. */
export interface PushedCustomer {
  id: string;
  updatedAt: string;
  [key: string]: unknown;
}

/** Customers as pushes carry them: figures that were given by hand, others from their invoices by today. */
export function pushedCustomers(
  organization: UpflowOrganization,
  customers: readonly CustomerRow[],
): PushedCustomer[] {
  const figures = figuresOfCustomers(organization, customers);
  return customers.map((row) => pushedCustomer(organization, row, figures.get(row.seq)));
}

/** A push for each of the customers. */
export function pushesOf(
  organization: UpflowOrganization,
  customers: readonly CustomerRow[],
): OutgoingPush[] {
  return pushedCustomers(organization, customers).map((customer) => makePush('customer.updated', customer));
}

function pushedCustomer(
  organization: UpflowOrganization,
  row: CustomerRow,
  figures: CustomerFigures | undefined,
): PushedCustomer {
  const body = JSON.parse(row.body) as Record<string, unknown>;
  const derived =
    figures === undefined
      ? {}
      : {
          currency: currencyOf(organization, row),
          ...figures,
          ...portalLinkOfPushes(organization, row),
          ...nextActionOf(organization, row, figures),
        };
  const { id, externalId, name, modifiedAt: updatedAt } = row;
  return {
    id,
    ...(externalId === null ? {} : { externalId }),
    ...(name === null ? {} : { name }),
    ...derived,
    ...body,
    updatedAt,
  };
}

function nextActionOf(
  organization: UpflowOrganization,
  { seq }: CustomerRow,
  { amountOverdue }: CustomerFigures,
): object {
  const waiting = organization.actions
    .of(seq)
    .filter(({ state }) => state === 'TODO')
    .sort((one, other) => (one.dueDate ?? '').localeCompare(other.dueDate ?? ''));
  const [next] = waiting;
  if (next === undefined || amountOverdue <= 0) return { nextAction: null };
  const { name } = JSON.parse(next.body) as { name: string };
  return { nextAction: { name, dueDate: next.dueDate } };
}

/** An invoice as the controls show it. */
export function controlInvoice(row: InvoiceRow): object {
  const { id, externalId, customId, issuedAt, dueDate, currency, grossAmount, amountOutstanding } = row;
  const { paidDate, cancelledAt, disputedAt } = row;
  return {
    ...{ id, externalId, customId, issuedAt, dueDate, currency, grossAmount, amountOutstanding },
    ...{ paidAt: paidDate, cancelledAt, disputedAt },
  };
}

/** Takes back the figures that were given by hand: something they come from has changed. */
export function touchCustomer(organization: UpflowOrganization, customer: number | null): void {
  const row = customer === null ? undefined : organization.customers.findBy('seq', customer);
  if (row === undefined) return;
  const body = JSON.parse(row.body) as Record<string, unknown>;
  const kept = Object.entries(body).filter(([key]) => !(figureKeys as readonly string[]).includes(key));
  organization.customers.update(row, {
    body: JSON.stringify(Object.fromEntries(kept)),
    modifiedAt: organization.now().toISOString(),
  });
  organization.pending.add(row.seq);
}

/** A new id, as Upflow gives them. */
export const newId = (): string => randomUUID();
