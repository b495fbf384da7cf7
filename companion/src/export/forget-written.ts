import type { KnownAccount } from '../store/accounts.ts';
import type { ClaimedCustomer } from '../store/claims.ts';

/**
 * Leaves out of what was written on Accounts what an export run wants written anew, so that it is planned again
 * whatever it was.
 */
export function forgetWritten(
  accounts: readonly KnownAccount[],
  customers: readonly ClaimedCustomer[],
): KnownAccount[] {
  const wanting = customers.filter(({ forget }) => forget != null);
  if (wanting.length === 0) return [...accounts];
  const byCustomer = new Map(wanting.map((claimed) => [claimed.customerId, claimed.forget]));
  const byIdentifier = new Map(wanting.map((claimed) => [claimed.identifier, claimed.forget]));
  return accounts.map((account) => {
    const forget =
      byCustomer.get(account.customerId ?? '') ??
      (account.identifier && byIdentifier.get(account.identifier));
    if (!forget) return account;
    return { ...account, written: forget === 'all' ? {} : leaveOut(account.written, new Set(forget)) };
  });
}

function leaveOut(written: KnownAccount['written'], names: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !names.has(name)));
}
