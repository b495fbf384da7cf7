import type { Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import { findField, type AccountField } from '../salesforce/describe-account.ts';
import type { FieldValue } from '../salesforce/field-value.ts';
import { readAccounts, type LiveAccount } from '../salesforce/read-account.ts';
import { findCustomerOfAccount, readAsClaimed } from '../store/preflights.ts';
import type { Tables } from '../store/tables.ts';
import { decideBatch } from './decide.ts';
import { gatherKnowledge, type KnowledgeContext } from './export-batch.ts';
import { findMisfit } from './fit-value.ts';
import type { Targets } from './map-values.ts';

export interface PreviewField {
  label: string;
  field: string;
  before: FieldValue;
  after: FieldValue;
  changes: boolean;
}

/** What an export would make of one Account, and why it would make nothing of it. */
export interface AccountPreview {
  customer: { id: string; name: string | null } | null;
  account: { id: string; name: string } | null;
  fields: PreviewField[];
  reason: Reason | null;
}

/**
 * Shows one Account before and after an export, without writing. What it holds now is read from Salesforce.
 *
 * @throws what calls to Salesforce throw
 */
export async function previewAccount(
  context: KnowledgeContext,
  asked: { customerId: string } | { accountId: string },
): Promise<AccountPreview> {
  const { db, connection } = context;
  const customerId = 'customerId' in asked ? asked.customerId : await findCustomer(context, asked.accountId);
  const claimed = customerId === undefined ? undefined : await readAsClaimed(db, connection.id, customerId);
  if (claimed === undefined) return { customer: null, account: null, fields: [], reason: NO_CUSTOMER };

  const knowledge = await gatherKnowledge(context, [claimed]);
  const decision = decideBatch([claimed], knowledge).get(claimed);
  const customer = { id: claimed.customerId, name: claimed.customer?.name ?? null };
  const accountId = decision?.account?.accountId;
  const explained = decision?.kind === 'explain' ? decision.reason : null;
  if (accountId === undefined) return { customer, account: null, fields: [], reason: explained ?? DELETED };

  const fields = listFields(knowledge.targets);
  const [live] = await context.client.call((calls) => readAccounts(calls, [accountId], [...fields.keys()]));
  if (live === undefined) return { customer, account: null, fields: [], reason: GONE };
  const changes = decision?.changes ?? {};
  const shown = [...fields].map(([name, { field, label }]) => showField(field, label, live, changes[name]));
  return {
    customer,
    account: { id: live.Id, name: live.Name },
    fields: shown,
    reason: explained ?? (decision?.kind === 'leave' ? MOVES : null) ?? explainMisfit(shown, fields),
  };
}

async function findCustomer(
  { db, connection, client, describe }: KnowledgeContext & { db: Kysely<Tables> },
  accountId: string,
): Promise<string | undefined> {
  const side = connection.identifier.salesforce;
  const name = findField(await describe(), side)?.name ?? 'Id';
  const [live] = await client.call((calls) => readAccounts(calls, [accountId], [name]));
  if (live === undefined) return undefined;
  const value = live[name];
  const identifier = typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  return findCustomerOfAccount(db, connection.id, live.Id, identifier);
}

/** The fields that an export touches, with what people call what is in them. */
function listFields({ values, sync, blanked }: Targets) {
  const entries: { field: AccountField; label: string }[] = [
    ...values.map(({ value, field }) => ({ field, label: value.label })),
    ...[...Object.values(sync), ...blanked].map((field: AccountField) => ({ field, label: field.label })),
  ];
  return new Map(entries.map((entry) => [entry.field.name, entry]));
}

function showField(
  field: AccountField,
  label: string,
  live: LiveAccount,
  planned: FieldValue | undefined,
): PreviewField {
  const before = (live[field.name] ?? null) as FieldValue;
  const after = planned === undefined ? before : planned;
  return { label, field: field.name, before, after, changes: !isSame(before, after, field.type) };
}

function isSame(before: FieldValue, after: FieldValue, type: string): boolean {
  if (before === after) return true;
  if (type !== 'datetime' || typeof before !== 'string' || typeof after !== 'string') return false;
  return Date.parse(before) === Date.parse(after);
}

function explainMisfit(
  shown: readonly PreviewField[],
  fields: ReadonlyMap<string, { field: AccountField }>,
): Reason | null {
  for (const { field: name, after, changes } of shown) {
    const field = fields.get(name)?.field;
    const misfit = field !== undefined && changes ? findMisfit(after, field) : undefined;
    if (misfit === undefined) continue;
    return {
      code: 'does-not-fit',
      message: misfit,
      explanation: 'Salesforce would refuse the Account as long as this value does not fit its field.',
      action: 'Choose another field for the value, or change the field in Salesforce.',
    };
  }
  return null;
}

const NO_CUSTOMER: Reason = {
  code: 'no-customer',
  message: 'No customer from Upflow belongs to it.',
  explanation: 'The companion has not heard of a customer with this identifier.',
  action: 'Check the identifier on both sides.',
};

const DELETED: Reason = {
  code: 'customer-deleted',
  message: 'The customer was deleted in Upflow.',
  explanation: 'It is on no Account.',
  action: 'Nothing to do.',
};

const GONE: Reason = {
  code: 'account-gone',
  message: 'The Account does not exist any more, or the integration user does not see it.',
  explanation: 'Nothing would be written.',
  action: 'Give the integration user access to the Account, or match the customer with another one.',
};

const MOVES: Reason = {
  code: 'moves',
  message: 'The customer belongs to another Account now.',
  explanation: 'Its figures leave this Account first, and then go to the other one.',
  action: 'Nothing to do.',
};
