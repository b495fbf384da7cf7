import { z } from 'zod';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import {
  ACTIONS,
  CREDIT_NOTES,
  CUSTOM_FIELDS,
  INVOICES,
  PAYMENTS,
  REFUNDS,
  WORKFLOWS,
} from '../upflow/lists.ts';
import type { UpflowItem, UpflowList } from '../upflow/read-list.ts';
import type { FieldNames, WholeKnowledge } from './read-customers.ts';
import { readInvoice, readPayment } from './read-entities.ts';
import { openSums } from './sum-invoices.ts';

export interface Gathering {
  client: UpflowClient;
  /** The day that invoices are overdue on, an ISO day in UTC. */
  today: string;
  signal: AbortSignal | undefined;
  /** Told of each page. */
  onPage: (phase: 'payments' | 'invoices', items: number) => Promise<void>;
}

const namedSchema = z.looseObject({ id: z.string(), name: z.string() });
const fieldSchema = namedSchema.extend({ type: z.string().catch('TEXT') });
const actionSchema = z.looseObject({
  name: z.string(),
  state: z.string().nullish(),
  dueDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}/)
    .nullish()
    .catch(null),
  customer: z.looseObject({ id: z.string() }).nullish(),
});

/**
 * Reads everything that figures are made of. Payments come first: they know when an invoice was paid.
 *
 * @throws {UpflowCallError} when invoices or payments cannot be read
 */
export async function gatherKnowledge(gathering: Gathering): Promise<WholeKnowledge> {
  const { client, today, signal, onPage } = gathering;
  const sums = openSums(today);
  for await (const page of client.pages(PAYMENTS, signal)) {
    for (const item of page) addIfRead(readPayment(item), sums.addPayment);
    await onPage('payments', page.length);
  }
  for await (const page of pagesIfAny(client, CREDIT_NOTES, signal))
    for (const item of page) addIfRead(readPayment(item), sums.addCredit);
  for await (const page of pagesIfAny(client, REFUNDS, signal))
    for (const item of page) addIfRead(readPayment(item), sums.addRefund);
  for await (const page of client.pages(INVOICES, signal)) {
    for (const item of page) addIfRead(readInvoice(item), sums.addInvoice);
    await onPage('invoices', page.length);
  }
  const workflows = await readNames(client, WORKFLOWS, signal);
  const actions = await readNextActions(client, signal);
  return {
    sumsOf: (customerId) => sums.of(customerId),
    workflowName: (id) => workflows.get(id),
    nextActionOf: (customerId) => actions.get(customerId),
  };
}

/** How custom fields are called; nothing where the API does not say. */
export async function readFieldNames(client: UpflowClient, signal?: AbortSignal): Promise<FieldNames> {
  const names = new Map<string, { name: string; type: string }>();
  for await (const page of pagesIfAny(client, CUSTOM_FIELDS, signal)) {
    for (const item of page) {
      const field = fieldSchema.safeParse(item).data;
      if (field !== undefined) names.set(field.id, { name: field.name, type: field.type });
    }
  }
  return names;
}

async function readNames(client: UpflowClient, list: UpflowList, signal: AbortSignal | undefined) {
  const names = new Map<string, string>();
  for await (const page of pagesIfAny(client, list, signal)) {
    for (const item of page)
      addIfRead(namedSchema.safeParse(item).data, ({ id, name }) => names.set(id, name));
  }
  return names;
}

/** The next thing to do for each customer: what is due first of all that is not done. */
async function readNextActions(client: UpflowClient, signal: AbortSignal | undefined) {
  const next = new Map<string, { name: string; dueDate: string | null }>();
  for await (const page of pagesIfAny(client, ACTIONS, signal)) {
    for (const item of page) {
      const action = actionSchema.safeParse(item).data;
      if (action?.customer == null || action.state?.toUpperCase() !== 'TODO') continue;
      const dueDate = action.dueDate?.slice(0, 10) ?? null;
      const known = next.get(action.customer.id);
      if (known === undefined || isBefore(dueDate, known.dueDate))
        next.set(action.customer.id, { name: action.name, dueDate });
    }
  }
  return next;
}

/** Clients report these lists, and no page of Upflow's does: where one is not there, there is nothing in it. */
async function* pagesIfAny(
  client: UpflowClient,
  list: UpflowList,
  signal: AbortSignal | undefined,
): AsyncGenerator<UpflowItem[]> {
  try {
    yield* client.pages(list, signal);
  } catch (error) {
    if (!(error instanceof UpflowCallError) || error.problem !== 'not-found') throw error;
  }
}

function addIfRead<Item>(item: Item | undefined, add: (item: Item) => unknown): void {
  if (item !== undefined) add(item);
}

/** What has no day comes last. */
function isBefore(day: string | null, other: string | null): boolean {
  return day !== null && (other === null || day < other);
}
