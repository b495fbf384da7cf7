import { wantCustomer } from '../export/5-plan.ts';
import type { Targets } from '../export/map-values.ts';
import type { AccountDescription, AccountField } from '../salesforce/describe-account.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { DriftRow, LinkedAccount } from '../store/drift-rows.ts';
import { findDifference } from './compare-values.ts';

/** What an audit reads of an org, and how it knows what Accounts should show. */
export interface Yardstick {
  description: AccountDescription;
  targets: Targets;
}

/** The fields that an audit reads: all that the export writes. */
export function listAuditedFields({ targets: { values, sync } }: Yardstick): AccountField[] {
  const fields = [...values.map(({ field }) => field), ...Object.values(sync)];
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

/** What an Account should show; undefined where that cannot be said now. */
export function wantLinked(
  account: LinkedAccount,
  { description, targets }: Yardstick,
): FieldValues | undefined {
  if (account.isBusy || account.isFailing) return undefined;
  const { customer, accountId, customerId, currency, written } = account;
  const known = { accountId, identifier: null, currency, customerId, written };
  const wanted = wantCustomer(customer, known, description, { ...targets, blanked: [] });
  if ('attention' in wanted) return undefined;
  const { lastSynced } = targets.sync;
  const stamp = lastSynced && written[lastSynced.name];
  // Each write has a stamp of its own: the Account must have that of the last one.
  return lastSynced && stamp != null ? { ...wanted.values, [lastSynced.name]: stamp } : wanted.values;
}

/** The fields of an Account that do not show what they should. */
export function findDrift(
  { accountId, customerId }: LinkedAccount,
  wanted: FieldValues,
  shown: FieldValues,
  fields: readonly AccountField[],
): DriftRow[] {
  return fields.flatMap((field) => {
    const shouldShow = wanted[field.name];
    if (shouldShow === undefined) return [];
    const difference = findDifference(field, shown[field.name], shouldShow);
    return difference === undefined ? [] : [{ accountId, customerId, field: field.name, ...difference }];
  });
}
