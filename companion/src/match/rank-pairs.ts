import { toIdentifier, type IdentifierKind } from '../salesforce/identifier-value.ts';
import type { CustomerSample } from './sample-customers.ts';

/** An Account field that could be the Salesforce side. */
export interface Candidate {
  name: string;
  label: string;
  comparedAs: IdentifierKind;
}

/** How well a pair would work. Shares are from 0 to 1. */
export interface RankedPair {
  upflow: string;
  upflowLabel: string;
  salesforce: string;
  salesforceLabel: string;
  /** Share of all customers that would be matched. */
  score: number;
  /** Share of the customers that have a value. */
  coverage: number;
  /** Share of these whose value no other customer has. */
  uniqueness: number;
  /** Share of these whose value exactly one Account has. */
  overlap: number;
  sentence: string;
}

const MOST_PAIRS = 20;

/** Counts in how many Accounts the customers' values stand, field by field, while the Accounts stream past. */
export class PairRanking {
  readonly #sample: CustomerSample;
  readonly #fields: readonly Candidate[];
  /** For each field, how many Accounts have each value of any side. */
  readonly #found: Map<string, number>[];

  constructor(sample: CustomerSample, fields: readonly Candidate[]) {
    this.#sample = sample;
    this.#fields = fields;
    const wanted = new Map<IdentifierKind, string[]>();
    this.#found = fields.map(({ comparedAs }) => {
      const known = wanted.get(comparedAs) ?? listIdentifiers(sample, comparedAs);
      wanted.set(comparedAs, known);
      return new Map(known.map((identifier) => [identifier, 0]));
    });
  }

  /** Adds Accounts; the cells of each are in the order of the fields. */
  addAccounts(rows: readonly (readonly string[])[]): void {
    for (const cells of rows) {
      for (const [index, { comparedAs }] of this.#fields.entries()) {
        const identifier = toIdentifier(cells[index] ?? '', comparedAs);
        const found = this.#found[index];
        const known = identifier === null ? undefined : found?.get(identifier);
        if (identifier !== null && known !== undefined) found?.set(identifier, known + 1);
      }
    }
  }

  /** The pairs under which any customer would be matched, best first. */
  rank(): RankedPair[] {
    const pairs = this.#sample.sides.flatMap(({ key, label }) =>
      this.#fields.map((field, index) => this.#judge(key, label, field, this.#found[index] ?? new Map())),
    );
    return pairs
      .filter(({ overlap }) => overlap > 0)
      .sort((a, b) => b.score - a.score || b.uniqueness - a.uniqueness)
      .slice(0, MOST_PAIRS);
  }

  #judge(key: string, label: string, field: Candidate, found: ReadonlyMap<string, number>): RankedPair {
    const customersWith = new Map<string, number>();
    for (const value of this.#sample.values.get(key) ?? []) {
      const identifier = value === null ? null : toIdentifier(value, field.comparedAs);
      if (identifier !== null) customersWith.set(identifier, (customersWith.get(identifier) ?? 0) + 1);
    }
    let [withValue, unique, onOne, matched] = [0, 0, 0, 0];
    for (const [identifier, customers] of customersWith) {
      const isOnOne = found.get(identifier) === 1;
      withValue += customers;
      if (customers === 1) unique++;
      if (isOnOne) onOne += customers;
      if (isOnOne && customers === 1) matched++;
    }
    const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
    const shares = {
      score: share(matched, this.#sample.customers),
      coverage: share(withValue, this.#sample.customers),
      uniqueness: share(unique, withValue),
      overlap: share(onOne, withValue),
    };
    return {
      upflow: key,
      upflowLabel: label,
      salesforce: field.name,
      salesforceLabel: field.label,
      ...shares,
      sentence: tellPair(shares, label, field.label),
    };
  }
}

function listIdentifiers({ values }: CustomerSample, kind: IdentifierKind): string[] {
  const identifiers = new Set<string>();
  for (const column of values.values()) {
    for (const value of column) {
      const identifier = value === null ? null : toIdentifier(value, kind);
      if (identifier !== null) identifiers.add(identifier);
    }
  }
  return [...identifiers];
}

function tellPair(
  { coverage, uniqueness, overlap }: Pick<RankedPair, 'coverage' | 'uniqueness' | 'overlap'>,
  upflowLabel: string,
  salesforceLabel: string,
): string {
  const shared =
    uniqueness < 1 ? ` ${percent(1 - uniqueness)} of the values are shared by several customers.` : '';
  return (
    `${percent(coverage)} of your customers have a value in ${upflowLabel}; ` +
    `${percent(overlap)} of those are on exactly one Account in ${salesforceLabel}.${shared}`
  );
}

/** Whole percents, but never all or nothing where it is not. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1%';
  if (share < 1 && share > 0.99) return 'more than 99%';
  return `${Math.round(share * 100)}%`;
}
