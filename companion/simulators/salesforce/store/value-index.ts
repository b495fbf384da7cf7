import { foldValue, type FieldValue } from './stored-record.ts';

/** Finds the keys of the rows that hold a value in one field. */
export class ValueIndex {
  readonly #caseSensitive: boolean;
  readonly #keys = new Map<string, Set<string>>();

  constructor(caseSensitive: boolean) {
    this.#caseSensitive = caseSensitive;
  }

  find(value: FieldValue): string[] {
    return [...(this.#keys.get(foldValue(value, this.#caseSensitive)) ?? [])];
  }

  move(key: string, from: FieldValue | undefined, to: FieldValue | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#remove(key, foldValue(from, this.#caseSensitive));
    if (to !== undefined) this.#add(key, foldValue(to, this.#caseSensitive));
  }

  #add(key: string, folded: string): void {
    const keys = this.#keys.get(folded);
    if (keys === undefined) this.#keys.set(folded, new Set([key]));
    else keys.add(key);
  }

  #remove(key: string, folded: string): void {
    const keys = this.#keys.get(folded);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(folded);
  }
}
