import { foldValue, type FieldValue } from './stored-record.ts';

/** Which values are wanted, and in what order. */
export interface ValueOrder {
  /** Null for all. */
  least: string | null;
  descending: boolean;
}

/** Finds the keys of the rows that hold a value in one field. */
export class ValueIndex {
  readonly #caseSensitive: boolean;
  /** A key that is alone with its value stands as it is: in a field of unique values a set for each would cost most. */
  readonly #keys = new Map<string, string | Set<string>>();

  #size = 0;

  constructor(caseSensitive: boolean) {
    this.#caseSensitive = caseSensitive;
  }

  /** How many rows hold a value at all. */
  get size(): number {
    return this.#size;
  }

  find(value: FieldValue): string[] {
    const keys = this.#keys.get(foldValue(value, this.#caseSensitive));
    if (keys === undefined) return [];
    return typeof keys === 'string' ? [keys] : [...keys];
  }

  /** The keys of the rows from a value on, those of one value at a time, in the order of the values as texts. */
  *inOrder({ least, descending }: ValueOrder): Generator<Iterable<string>> {
    const values = [...this.#keys.keys()].filter((value) => least === null || value >= least).sort();
    if (descending) values.reverse();
    for (const value of values) {
      const keys = this.#keys.get(value) ?? [];
      yield typeof keys === 'string' ? [keys] : keys;
    }
  }

  move(key: string, from: FieldValue | undefined, to: FieldValue | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#remove(key, foldValue(from, this.#caseSensitive));
    if (to !== undefined) this.#add(key, foldValue(to, this.#caseSensitive));
  }

  #add(key: string, folded: string): void {
    this.#size += 1;
    const keys = this.#keys.get(folded);
    if (keys === undefined) this.#keys.set(folded, key);
    else if (typeof keys === 'string') this.#keys.set(folded, new Set([keys, key]));
    else keys.add(key);
  }

  #remove(key: string, folded: string): void {
    const keys = this.#keys.get(folded);
    const isHeld = typeof keys === 'string' ? keys === key : keys?.delete(key) === true;
    if (!isHeld) return;
    this.#size -= 1;
    if (typeof keys === 'string' || keys?.size === 0) this.#keys.delete(folded);
  }
}
