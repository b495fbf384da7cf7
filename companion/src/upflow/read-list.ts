import { z } from 'zod';
import { UpflowCallError } from './call-error.ts';
import type { UpflowRequest } from './exchange.ts';

/** A list of Upflow's API: each has its items under a key of its own. */
export interface UpflowList {
  path: string;
  /** `customers`, `invoices`, `users`; `items` for the others. */
  key: string;
}

/** An item as it came; every one has an id. */
export type UpflowItem = Record<string, unknown> & { id: string };

const listSchema = z.array(z.record(z.string(), z.unknown()));

/** The most that a page holds. */
const ITEMS_PER_PAGE = 500;

/** Times that a list which changes while it is read is gone over. */
const MOST_PASSES = 5;

/**
 * Reads all items of a list, page by page, each item once. Pages are cut by counting, so an item that comes or goes
 * while the list is read moves the others. Each page therefore begins with the last item of the one before; where it
 * does not, or the count changed, the list is gone over again for what was missed. What came after its place was read
 * is for the next reading.
 *
 * @throws {UpflowCallError} what the calls throw; `unusable-answer` where an answer is no such list
 */
export async function* readList(
  call: (request: UpflowRequest, signal?: AbortSignal) => Promise<unknown>,
  list: UpflowList,
  signal?: AbortSignal,
): AsyncGenerator<UpflowItem[]> {
  const seen = new Set<string>();
  for (let pass = 1, isWhole = false; pass <= MOST_PASSES && !isWhole; pass++) {
    isWhole = true;
    let total: number | undefined;
    let last: string | undefined;
    for (let offset = 0; ;) {
      signal?.throwIfAborted();
      const from = Math.max(0, offset - 1);
      const page = await readPage(call, list, { offset: from, limit: ITEMS_PER_PAGE }, signal);
      if (offset > 0 && page.items[0]?.id !== last) isWhole = false;
      if (page.total !== (total ??= page.total)) isWhole = false;
      const fresh = page.items.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      if (fresh.length > 0) yield fresh;
      const next = from + page.size;
      last = page.items.at(-1)?.id;
      if (next <= offset || next >= page.total) break;
      offset = next;
    }
  }
}

/** One page of a list: its items that have an id, how many it has, and how many there are in all. */
export async function readPage(
  call: (request: UpflowRequest, signal?: AbortSignal) => Promise<unknown>,
  { path, key }: UpflowList,
  { offset, limit }: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<{ items: UpflowItem[]; size: number; total: number }> {
  const query = `${path.includes('?') ? '&' : '?'}offset=${offset}&limit=${limit}`;
  const answer = await call({ method: 'GET', path: path + query }, signal);
  const list = listSchema.safeParse((answer as Record<string, unknown> | undefined)?.[key]);
  if (!list.success) throw new UpflowCallError('unusable-answer', `Upflow answered without a list of ${key}`);
  const items = list.data.filter((item): item is UpflowItem => typeof item.id === 'string');
  const { total } = answer as { total?: unknown };
  const size = list.data.length;
  return { items, size, total: typeof total === 'number' ? total : offset + size };
}
