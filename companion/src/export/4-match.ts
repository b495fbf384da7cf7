import type { Reason } from '../outcome.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { Link } from '../store/links.ts';

export type Match = { account: KnownAccount } | { unmatched: Reason };

/**
 * Decides which Account a customer belongs to: the only one with an equal identifier, if the customer is
 * the only one that has it. Nothing is guessed; why there is none is said instead.
 *
 * @param accounts the known Accounts whose identifier equals the customer's, or differs only in case
 * @param sharedBy how many customers have this identifier
 */
export function matchCustomer(
  identifier: string | null,
  accounts: readonly KnownAccount[],
  sharedBy: number,
  fieldLabel: string,
): Match {
  if (identifier === null) {
    return unmatched(
      'no-identifier',
      'The customer has no shared identifier in Upflow.',
      'Give the customer its identifier in Upflow or in the billing tool.',
    );
  }
  if (sharedBy > 1) {
    return unmatched(
      'duplicate-customer',
      `${sharedBy} customers in Upflow share the identifier "${identifier}", so none of them is matched.`,
      'Leave the identifier to one of them.',
    );
  }
  const equal = accounts.filter((account) => account.identifier === identifier);
  const [account, ...others] = equal;
  if (account !== undefined && others.length === 0) return { account };
  if (equal.length > 1) {
    return unmatched(
      'duplicate-account',
      `${equal.length} Accounts have "${identifier}" in ${fieldLabel}: ${listIds(equal)}.`,
      'Clear the field on all of them but one, or merge them.',
    );
  }
  if (accounts.length > 0) {
    return unmatched(
      'formatting-difference',
      `No Account has "${identifier}" in ${fieldLabel}, but ${listIds(accounts)} differs only in upper and lower case.`,
      'Write the identifier the same way on both sides.',
    );
  }
  return unmatched(
    'no-account',
    `No Account has "${identifier}" in ${fieldLabel}.`,
    'Fill the field on the right Account; it is looked up again within ten minutes.',
  );
}

/** Does what a person decided about a customer, whatever the identifiers say. */
export function followLink({ accountId }: Link, accounts: readonly KnownAccount[]): Match {
  if (accountId === null) {
    return unmatched(
      'unlinked-by-hand',
      'A person decided that the customer has no Account.',
      'Undo that in the match report, or link the customer to an Account.',
    );
  }
  const account = accounts.find((candidate) => candidate.accountId === accountId);
  if (account !== undefined) return { account };
  return unmatched(
    'linked-account-gone',
    `The Account ${accountId} that the customer was linked to is gone, or hidden from the integration user.`,
    'Link the customer to another Account in the match report, or undo the link.',
  );
}

function unmatched(code: string, message: string, action: string): Match {
  return {
    unmatched: { code, message, explanation: 'The customer is not matched to an Account.', action },
  };
}

function listIds(accounts: readonly KnownAccount[]): string {
  const ids = accounts.map(({ accountId }) => accountId);
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} …` : ids.join(', ');
}
