import { ApiError } from '../http/api-error.ts';
import type { Clock } from '../org/clock.ts';
import { makeId } from '../org/salesforce-ids.ts';
import { MINUTE_IN_MS } from '../org/salesforce-times.ts';

/** The rows of a query that did not fit on its first page. The set is fixed when the query runs; rows are read late. */
export interface Cursor {
  userId: string;
  total: number;
  pageSize: number;
  render: (from: number, to: number) => object[];
  /** The rest of a child sub-query, of which one page can have many: it ends no query of the user. */
  isOfChildren?: boolean;
}

const MAX_CHILD_CURSORS = 2000;

/** How long and how many cursors are kept. */
export interface CursorSettings {
  queryLocatorMinutes: number;
  queryLocatorsPerUser: number;
}

interface KeptCursor extends Cursor {
  openedAt: number;
}

/** Open queries. A user's oldest is dropped when there are too many, as the platform does. */
export class CursorList {
  readonly #pod: string;
  readonly #clock: Clock;
  readonly #settings: () => CursorSettings;
  readonly #cursors = new Map<string, KeptCursor>();
  #serial = 0;

  constructor(pod: string, clock: Clock, settings: () => CursorSettings) {
    this.#pod = pod;
    this.#clock = clock;
    this.#settings = settings;
  }

  keep(cursor: Cursor): string {
    const id = makeId('01g', this.#pod, (this.#serial += 1));
    this.#cursors.set(id, { ...cursor, openedAt: this.#clock.now() });
    const isOfChildren = cursor.isOfChildren ?? false;
    const alike = [...this.#cursors].filter(
      ([, kept]) => kept.userId === cursor.userId && (kept.isOfChildren ?? false) === isOfChildren,
    );
    const most = isOfChildren ? MAX_CHILD_CURSORS : this.#settings().queryLocatorsPerUser;
    const surplus = Math.max(alike.length - most, 0);
    for (const [oldest] of alike.slice(0, surplus)) this.#cursors.delete(oldest);
    return id;
  }

  /** Reads a locator, `<cursor>-<offset>`. It is of no use to another user, nor when it is too old. */
  find(locator: string, userId: string): { id: string; cursor: Cursor; from: number } {
    const [, id = '', offset = ''] = /^(\w{15,18})-(\d+)$/.exec(locator) ?? [];
    const cursor = this.#cursors.get(id);
    const from = Number(offset);
    const isOpen =
      cursor?.userId === userId &&
      from < cursor.total &&
      this.#clock.now() - cursor.openedAt < this.#settings().queryLocatorMinutes * MINUTE_IN_MS;
    if (!isOpen) throw ApiError.of(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return { id, cursor, from };
  }

  /** Ends all queries. */
  clear(): void {
    this.#cursors.clear();
  }
}
