export const MATCH_KINDS = [
  'hidden',
  'matched',
  'missing-in-salesforce',
  'missing-in-upflow',
  'duplicate',
  'formatting',
  'manual',
] as const;

export type MatchKind = Exclude<(typeof MATCH_KINDS)[number], 'hidden'>;

/** Accounts that a row of the report names; of more, it says how many. */
export const MOST_ACCOUNTS = 10;

/** One row of the report; customers and Accounts by their place in what was compared. */
export interface ComparedRow {
  kind: MatchKind;
  /** Undefined for an Account whose value no customer has. */
  customer: number | undefined;
  accounts: number[];
  /** Customers that share the value, and Accounts that have it. */
  customersWithValue: number;
  accountsWithValue: number;
}

/**
 * Compares the customers and Accounts of one loose form. Equal values match when each side has one; everything
 * else stays unmatched, and the row says why. Whoever a person decided about is not among them.
 */
export function compareGroup(customers: readonly string[], accounts: readonly string[]): ComparedRow[] {
  const [customer] = customers;
  const [account] = accounts;
  // What nearly every group is.
  if (customers.length === 1 && accounts.length === 1 && customer === account) {
    return [{ kind: 'matched', customer: 0, accounts: [0], customersWithValue: 1, accountsWithValue: 1 }];
  }
  const customersOf = groupPlaces(customers);
  const accountsOf = groupPlaces(accounts);
  const rows: ComparedRow[] = [];
  const named = new Set<number>();
  const alone: number[] = [];
  for (const [identifier, places] of customersOf) {
    const equal = accountsOf.get(identifier) ?? [];
    const [first] = places;
    if (places.length === 1 && equal.length === 0 && first !== undefined) {
      alone.push(first);
      continue;
    }
    const kind = places.length === 1 && equal.length === 1 ? 'matched' : 'duplicate';
    for (const place of equal) named.add(place);
    const shown = equal.slice(0, MOST_ACCOUNTS);
    for (const place of places) {
      rows.push({
        kind,
        customer: place,
        accounts: shown,
        customersWithValue: places.length,
        accountsWithValue: equal.length,
      });
    }
  }
  rows.push(...compareLoosely(alone, accountsOf, customersOf, named));
  for (const places of accountsOf.values()) {
    for (const place of places) {
      if (named.has(place)) continue;
      rows.push({
        kind: 'missing-in-upflow',
        customer: undefined,
        accounts: [place],
        customersWithValue: 0,
        accountsWithValue: places.length,
      });
    }
  }
  return rows;
}

/** Customers whose value no Account has, against the Accounts whose value no customer has. */
function compareLoosely(
  alone: readonly number[],
  accountsOf: ReadonlyMap<string, number[]>,
  customersOf: ReadonlyMap<string, number[]>,
  named: Set<number>,
): ComparedRow[] {
  const candidates = [...accountsOf].flatMap(([value, places]) => (customersOf.has(value) ? [] : places));
  const isSuspected = candidates.length > 0;
  if (alone.length > 0) for (const place of candidates) named.add(place);
  return alone.map((customer) => ({
    kind: isSuspected ? 'formatting' : 'missing-in-salesforce',
    customer,
    accounts: candidates.slice(0, MOST_ACCOUNTS),
    customersWithValue: alone.length,
    accountsWithValue: candidates.length,
  }));
}

/** Whether a row names the one Account that a customer would match but for the formatting of its identifier. */
export function isSuggestion(row: Pick<ComparedRow, 'kind' | 'customersWithValue' | 'accountsWithValue'>) {
  return row.kind === 'formatting' && row.customersWithValue === 1 && row.accountsWithValue === 1;
}

function groupPlaces(identifiers: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  identifiers.forEach((identifier, place) => {
    const known = places.get(identifier);
    if (known === undefined) places.set(identifier, [place]);
    else known.push(place);
  });
  return places;
}
