import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import { compareGroup, isSuggestion, MATCH_KINDS, type MatchKind } from './compare-group.ts';
import { GroupTable } from './group-table.ts';
import { toLooseForm } from './loose-form.ts';
import { PackedTexts } from './packed-texts.ts';

/** A customer, or an Account; `value` is its side of the identifier as it stands there, null for none. */
export type Entry = [id: string, name: string, value: string | null];

/** What a person decided: the customer belongs to the Account, or with null to none. */
export type Decided = [customerId: string, accountId: string | null];

export interface Counts {
  customers: number;
  /** Accounts that have a value. */
  accounts: number;
  matched: number;
  missingInSalesforce: number;
  missingInUpflow: number;
  duplicate: number;
  formatting: number;
  manual: number;
}

export const NO_COUNTS: Counts = {
  customers: 0,
  accounts: 0,
  matched: 0,
  missingInSalesforce: 0,
  missingInUpflow: 0,
  duplicate: 0,
  formatting: 0,
  manual: 0,
};

export const COUNT_OF = {
  matched: 'matched',
  'missing-in-salesforce': 'missingInSalesforce',
  'missing-in-upflow': 'missingInUpflow',
  duplicate: 'duplicate',
  formatting: 'formatting',
  manual: 'manual',
} as const satisfies Record<MatchKind, keyof Counts>;

/** A row of the report as it is kept. */
export interface ReportRow {
  kind: MatchKind;
  customer: Entry | undefined;
  /** The first of them; the note tells when there are more. */
  accounts: [id: string, name: string, value: string][];
  note: RowNote;
}

/** How many customers share the value and how many Accounts have it, or that the customer has none. */
export interface RowNote {
  customers: number;
  accounts: number;
}

const NONE = -1;

/** One side of a comparison, packed: entries of the same loose form are chained. */
class PackedSide {
  readonly ids = new PackedTexts();
  readonly names = new PackedTexts();
  readonly values = new PackedTexts();
  #next = new Int32Array(1024);
  #firstOf = new Int32Array(1024).fill(NONE);

  add([id, name, value]: Entry, group: number): void {
    const place = this.ids.push(id);
    this.names.push(name);
    this.values.push(value ?? '');
    if (place >= this.#next.length) this.#next = grow(this.#next);
    while (group >= this.#firstOf.length) this.#firstOf = grow(this.#firstOf);
    if (group === NONE) return;
    this.#next[place] = this.#firstOf[group] ?? NONE;
    this.#firstOf[group] = place;
  }

  /** The places of a group's entries, in the order in which they came. */
  placesOf(group: number): number[] {
    const places: number[] = [];
    for (let place = this.#firstOf[group] ?? NONE; place !== NONE; place = this.#next[place] ?? NONE) {
      places.push(place);
    }
    return places.reverse();
  }

  entryAt(place: number): [string, string, string] {
    return [this.ids.at(place), this.names.at(place), this.values.at(place)];
  }
}

/** Compares customers with Accounts, a million of each in a few hundred megabytes. Add all, then read. */
export class Comparison {
  readonly #kind: IdentifierKind;
  readonly #accountOf: ReadonlyMap<string, string | null>;
  readonly #takenAccounts: ReadonlySet<string>;
  readonly #groups = new GroupTable();
  readonly #customers = new PackedSide();
  readonly #accounts = new PackedSide();
  readonly #withoutValue: number[] = [];
  readonly #decidedCustomers: Entry[] = [];
  readonly #decidedAccounts = new Map<string, [string, string, string]>();
  #accountCount = 0;
  #customerCount = 0;

  constructor(kind: IdentifierKind, decided: readonly Decided[]) {
    this.#kind = kind;
    this.#accountOf = new Map(decided);
    this.#takenAccounts = new Set(decided.flatMap(([, accountId]) => accountId ?? []));
  }

  addCustomers(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#customerCount++;
      if (this.#accountOf.has(entry[0])) {
        this.#decidedCustomers.push(entry);
        continue;
      }
      const identifier = entry[2] === null ? null : toIdentifier(entry[2], this.#kind);
      if (identifier === null) this.#withoutValue.push(this.#customers.ids.length);
      this.#customers.add(entry, identifier === null ? NONE : this.#groupOf(identifier));
    }
  }

  addAccounts(entries: readonly Entry[]): void {
    for (const [id, name, value] of entries) {
      const identifier = value === null ? null : toIdentifier(value, this.#kind);
      if (identifier !== null) this.#accountCount++;
      if (this.#takenAccounts.has(id)) this.#decidedAccounts.set(id, [id, name, value ?? '']);
      else if (identifier !== null) this.#accounts.add([id, name, value], this.#groupOf(identifier));
    }
  }

  /** Every row of the report: groups in the order in which their customers came. */
  *rows(): Generator<ReportRow> {
    for (const customer of this.#decidedCustomers) {
      const accountId = this.#accountOf.get(customer[0]) ?? null;
      const account = accountId === null ? undefined : this.#decidedAccounts.get(accountId);
      const accounts =
        accountId === null ? [] : [account ?? ([accountId, '', ''] satisfies [string, string, string])];
      yield { kind: 'manual', customer, accounts, note: { customers: 1, accounts: accounts.length } };
    }
    for (const place of this.#withoutValue) {
      const [id, name] = this.#customers.entryAt(place);
      const note = { customers: 0, accounts: 0 };
      yield { kind: 'missing-in-salesforce', customer: [id, name, null], accounts: [], note };
    }
    for (let group = 0; group < this.#groups.size; group++) yield* this.#rowsOf(group);
  }

  *#rowsOf(group: number): Generator<ReportRow> {
    const customers = this.#customers.placesOf(group);
    const accounts = this.#accounts.placesOf(group);
    const read = (side: PackedSide) => (place: number) =>
      toIdentifier(side.values.at(place), this.#kind) ?? '';
    for (const row of compareGroup(
      customers.map(read(this.#customers)),
      accounts.map(read(this.#accounts)),
    )) {
      const customer = row.customer === undefined ? undefined : (customers[row.customer] ?? NONE);
      yield {
        kind: row.kind,
        customer: customer === undefined ? undefined : this.#customers.entryAt(customer),
        accounts: row.accounts.map((place) => this.#accounts.entryAt(accounts[place] ?? NONE)),
        note: { customers: row.customersWithValue, accounts: row.accountsWithValue },
      };
    }
  }

  /** How many customers and Accounts were added. */
  get added(): Pick<Counts, 'customers' | 'accounts'> {
    return { customers: this.#customerCount, accounts: this.#accountCount };
  }

  #groupOf(identifier: string): number {
    return this.#groups.numberOf(toLooseForm(identifier, this.#kind));
  }
}

/** Whether a row is a suggestion that can be accepted: exactly one customer, exactly one Account. */
export function isAcceptable({ kind, note }: Pick<ReportRow, 'kind' | 'note'>): boolean {
  return isSuggestion({ kind, customersWithValue: note.customers, accountsWithValue: note.accounts });
}

/** The number by which a kind is kept. */
export const kindNumber = (kind: MatchKind): number => MATCH_KINDS.indexOf(kind);

function grow(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2).fill(NONE);
  grown.set(array);
  return grown;
}
