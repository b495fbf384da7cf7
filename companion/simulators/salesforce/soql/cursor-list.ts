import { ApiError } from '../http/api-error.ts';
import { makeId } from '../org/salesforce-ids.ts';

/** The rows of a query that did not fit on its first page. The set is fixed when the query runs; rows are read late. */
export interface Cursor {
  userId: string;
  total: number;
  pageSize: number;
  render: (from: number, to: number) => object[];
}

const MAX_OPEN_CURSORS = 50;

/** Open queries. The oldest is dropped when there are too many, as the platform does. */
export class CursorList {
  readonly #pod: string;
  readonly #cursors = new Map<string, Cursor>();
  #serial = 0;

  constructor(pod: string) {
    this.#pod = pod;
  }

  keep(cursor: Cursor): string {
    const id = makeId('01g', this.#pod, (this.#serial += 1));
    this.#cursors.set(id, cursor);
    const [oldest] = this.#cursors.keys();
    if (this.#cursors.size > MAX_OPEN_CURSORS && oldest !== undefined) this.#cursors.delete(oldest);
    return id;
  }

  /** Reads a locator, `<cursor>-<offset>`. */
  find(locator: string, userId: string): { id: string; cursor: Cursor; from: number } {
    const match = /^(\w{15,18})-(\d+)$/.exec(locator);
    const [, id = '', from = ''] = match ?? [];
    const cursor = this.#cursors.get(id);
    if (cursor?.userId !== userId) throw ApiError.of(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return { id, cursor, from: Number(from) };
  }
}
