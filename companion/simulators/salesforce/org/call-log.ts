/** A call as the log keeps it: ids at most, and never a value, a token or a body. */
export interface CallEntry {
  /** When it came, in ISO form. */
  at: string;
  method: string;
  /** With the values of external ids and everything after the question mark left out. */
  path: string;
  /** Null when the connection was closed without an answer. */
  status: number | null;
  /** How long the caller waited. */
  ms: number;
  /** Rows that it wrote or tried to write. */
  rows: number;
  /** The user's short name, or null where nobody was signed in. */
  user: string | null;
}

/** An entry with its number, which rises by one with each call and never starts again. */
export interface LoggedCall extends CallEntry {
  number: number;
}

export type CallListener = (call: LoggedCall) => void;

const KEPT_CALLS = 1000;

/** The last calls that the org answered, for whoever wants to watch. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #last = 0;
  readonly #listeners = new Set<CallListener>();

  /** The kept calls whose number is above `after`, the oldest first. */
  list(after = 0): LoggedCall[] {
    return this.#calls.filter((call) => call.number > after);
  }

  record(entry: CallEntry): void {
    const call = { number: (this.#last += 1), ...entry };
    this.#calls.push(call);
    if (this.#calls.length > 2 * KEPT_CALLS) this.#calls = this.#calls.slice(-KEPT_CALLS);
    for (const listener of this.#listeners) listener(call);
  }

  /** Tells of every call from now on. @returns what ends it */
  subscribe(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Forgets the calls; the numbers go on, so that a watcher who asks for later ones misses none. */
  clear(): void {
    this.#calls = [];
  }
}
