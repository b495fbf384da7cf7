import { foldValue, type FieldValue } from './stored-record.ts';

/** Finds the keys of the rows that hold a value in one field. */
export class ValueIndex {
  readonly #caseSensitive: boolean;
  /** A key that is alone with its value stands as it is: in a field of unique values a set for each would cost most. */
  readonly #keys = new Map<string, string | Set<string>>();

  constructor(caseSensitive: boolean) {
    this.#caseSensitive = caseSensitive;
  }

  find(value: FieldValue): string[] {
    const keys = this.#keys.get(foldValue(value, this.#caseSensitive));
    if (keys === undefined) return [];
    return typeof keys === 'string' ? [keys] : [...keys];
  }

  move(key: string, from: FieldValue | undefined, to: FieldValue | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#remove(key, foldValue(from, this.#caseSensitive));
    if (to !== undefined) this.#add(key, foldValue(to, this.#caseSensitive));
  }

  #add(key: string, folded: string): void {
    const keys = this.#keys.get(folded);
    if (keys === undefined) this.#keys.set(folded, key);
    else if (typeof keys === 'string') this.#keys.set(folded, new Set([keys, key]));
    else keys.add(key);
  }

  #remove(key: string, folded: string): void {
    const keys = this.#keys.get(folded);
    if (typeof keys !== 'string') keys?.delete(key);
    if (keys === key || (typeof keys === 'object' && keys.size === 0)) this.#keys.delete(folded);
  }
}
