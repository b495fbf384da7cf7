import { closeSync, createReadStream, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { JournalEntry } from './stored-record.ts';

const ENTRIES_PER_COMPACTED_LINE = 200;

/**
 * An append-only file of JSON lines, one line a request, so that a request is kept whole or not at all. It is written
 * before the answer is sent, and survives the death of the process; it is not synced, so not a power cut.
 */
export class Journal {
  readonly #file: string;
  #descriptor: number | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** Reads what earlier runs wrote. A last line that a crash cut short is left out: its request was never answered. */
  async *read(): AsyncGenerator<JournalEntry[]> {
    if (!existsSync(this.#file)) return;
    let pending: string | null = null;
    for await (const line of createInterface({ input: createReadStream(this.#file), crlfDelay: Infinity })) {
      if (pending !== null) yield JSON.parse(pending) as JournalEntry[];
      pending = line;
    }
    const last = pending === null ? null : parseWhole(pending);
    if (last !== null) yield last;
  }

  append(entries: JournalEntry[]): void {
    this.#descriptor ??= openSync(this.#file, 'a');
    writeSync(this.#descriptor, `${escapeLineEnds(JSON.stringify(entries))}\n`);
  }

  /** Replaces the file by the present state, beside it first, so that a crash leaves the old or the new. */
  compact(state: Iterable<JournalEntry>): void {
    this.close();
    mkdirSync(dirname(this.#file), { recursive: true });
    const beside = new Journal(`${this.#file}.compacting`);
    beside.#descriptor = openSync(beside.#file, 'w');
    let lines: JournalEntry[] = [];
    for (const entry of state) {
      lines.push(entry);
      if (lines.length < ENTRIES_PER_COMPACTED_LINE) continue;
      beside.append(lines);
      lines = [];
    }
    if (lines.length > 0) beside.append(lines);
    beside.close();
    renameSync(beside.#file, this.#file);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** JSON leaves two line ends of Unicode as they are, and Node's line reader would break the line there. */
function escapeLineEnds(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function parseWhole(line: string): JournalEntry[] | null {
  try {
    return JSON.parse(line) as JournalEntry[];
  } catch {
    return null;
  }
}
