/** Bytes of the first block; it doubles as it fills. */
const FIRST_BLOCK_IN_BYTES = 1 << 16;

/** Millions of short texts in one block of memory: a string of its own costs each of them some 40 bytes more. */
export class PackedTexts {
  #bytes = Buffer.alloc(FIRST_BLOCK_IN_BYTES);
  #ends = new Float64Array(1024);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  /** @returns the place of the text */
  push(text: string): number {
    const start = this.#endOf(this.#count - 1);
    // No character takes more than three bytes for each of its code units.
    if (start + text.length * 3 > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, start + text.length * 3));
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    if (this.#count === this.#ends.length) {
      const grown = new Float64Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.#count] = start + this.#bytes.write(text, start);
    return this.#count++;
  }

  /** The text at a place; empty where there is none. */
  at(place: number): string {
    return this.#bytes.toString('utf8', this.#endOf(place - 1), this.#endOf(place));
  }

  #endOf(place: number): number {
    return this.#ends[place] ?? 0;
  }
}
