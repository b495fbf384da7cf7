import { z } from 'zod';
import type { UpflowItem } from '../upflow/read-list.ts';
import { customerShape } from '../upflow/push-schema.ts';
import type { SweptCustomer } from '../upflow/swept-customers.ts';
import { figuresOf, type ToldFigures } from './figures.ts';
import type { CustomerSums } from './sum-invoices.ts';

/** How the organization's custom fields are called, by id. */
export type FieldNames = ReadonlyMap<string, { name: string; type: string }>;

/** What a whole pass knows beside the list of customers. */
export interface WholeKnowledge {
  sumsOf: (customerId: string) => CustomerSums | undefined;
  workflowName: (id: string) => string | undefined;
  nextActionOf: (customerId: string) => { name: string; dueDate: string | null } | undefined;
}

const number = z.number().nullish().catch(null);
const listedSchema = z.looseObject({
  id: z.string(),
  currency: z.string().nullish().catch(null),
  balance: number,
  amountDue: number,
  amountOverdue: number,
  countInvoicesDue: number,
  countInvoicesOverdue: number,
  dunningPlanId: z.string().nullish().catch(null),
  customFields: z
    .array(z.looseObject({ id: z.string() }))
    .nullish()
    .catch(null),
});

/** Keys that the list and a push have in common. */
const SAME_KEYS = ['externalId', 'accountingRef', 'name', 'currency', 'directUrl'] as const;
const FIGURE_KEYS = ['amountDue', 'amountOverdue', 'countInvoicesDue', 'countInvoicesOverdue'] as const;

/**
 * Reads a customer of the list in the words of a push. A key that the list does not have says nothing.
 *
 * @param whole what is known of its invoices; undefined in a pass that reads the list alone
 */
export function readSweptCustomer(
  item: UpflowItem,
  fieldNames: FieldNames,
  whole?: WholeKnowledge,
): SweptCustomer {
  const listed = listedSchema.parse(item);
  const swept: Record<string, unknown> = { id: item.id };
  for (const key of SAME_KEYS) if (key in item) swept[key] = item[key];
  for (const key of FIGURE_KEYS) if (key in item) swept[key] = listed[key];
  if (typeof listed.balance === 'number') swept.amountOutstanding = listed.balance;
  if (listed.customFields != null)
    swept.customFields = listed.customFields.map(({ id, value }) => ({
      id,
      ...fieldNames.get(id),
      value: value ?? null,
    }));
  if (whole !== undefined) Object.assign(swept, readWhole(item.id, listed, whole));
  return keepUsable(swept, item.id);
}

function readWhole(
  id: string,
  listed: z.infer<typeof listedSchema>,
  { sumsOf, workflowName, nextActionOf }: WholeKnowledge,
): object {
  const told: ToldFigures = {
    currency: listed.currency ?? null,
    balance: listed.balance ?? null,
    amountDue: listed.amountDue ?? null,
    amountOverdue: listed.amountOverdue ?? null,
    countInvoicesDue: listed.countInvoicesDue ?? null,
    countInvoicesOverdue: listed.countInvoicesOverdue ?? null,
  };
  const sums = sumsOf(id);
  const name = listed.dunningPlanId == null ? undefined : workflowName(listed.dunningPlanId);
  return {
    ...figuresOf(told, sums),
    ...(told.currency === null && sums !== undefined ? { currency: sums.byCurrency[0]?.currency } : {}),
    workflow: listed.dunningPlanId == null ? null : { id: listed.dunningPlanId, name: name ?? null },
    nextAction: nextActionOf(id) ?? null,
  };
}

/** A value that no push could have must not keep the others of its customer from being entered. */
function keepUsable(swept: Record<string, unknown>, id: string): SweptCustomer {
  const checked = customerShape.safeParse(swept);
  if (checked.success) return checked.data;
  const broken = new Set(checked.error.issues.map(({ path }) => String(path[0])));
  const usable = Object.fromEntries(Object.entries(swept).filter(([key]) => !broken.has(key)));
  return customerShape.safeParse({ ...usable, id }).data ?? { id };
}
