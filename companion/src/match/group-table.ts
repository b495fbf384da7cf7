import { PackedTexts } from './packed-texts.ts';

const FIRST_SLOTS = 1 << 12;
const EMPTY = -1;

/**
 * Numbers texts in the order in which they first come. A Map would do the same with three times the memory, which at
 * a million of each side is what counts.
 */
export class GroupTable {
  readonly #texts = new PackedTexts();
  #hashes = new Int32Array(FIRST_SLOTS);
  #slots = new Int32Array(FIRST_SLOTS).fill(EMPTY);

  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text; a new one where it has none yet. */
  numberOf(text: string): number {
    const hash = hashText(text);
    let slot = this.#slotOf(hash);
    for (let known = this.#slots[slot] ?? EMPTY; known !== EMPTY; known = this.#slots[slot] ?? EMPTY) {
      if (this.#hashes[known] === hash && this.#texts.at(known) === text) return known;
      slot = (slot + 1) % this.#slots.length;
    }
    const number = this.#texts.push(text);
    this.#slots[slot] = number;
    this.#hashes[number] = hash;
    // Half of the slots stay empty, so that few texts meet.
    if (this.size * 2 >= this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#slots.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(hashes.length).fill(EMPTY);
    for (let number = 0; number < this.size; number++) {
      let slot = this.#slotOf(hashes[number] ?? 0);
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) % this.#slots.length;
      this.#slots[slot] = number;
    }
  }

  #slotOf(hash: number): number {
    return (hash >>> 0) % this.#slots.length;
  }
}

/** FNV-1a over the code units, mixed so that its low bits depend on all of them. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}
