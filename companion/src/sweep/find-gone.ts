import type { Kysely } from 'kysely';
import { readLiveCustomerIds } from '../store/sweeps.ts';
import type { Tables } from '../store/tables.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { enterDeleted } from './enter-swept.ts';

const IDS_PER_SLICE = 1000;

/**
 * Looks for customers that a complete list no longer has, asks Upflow for each of them once more, and enters those that
 * are gone as deleted.
 *
 * @returns how many are gone
 */
export async function findGone(
  {
    db,
    connectionId,
    client,
    signal,
  }: { db: Kysely<Tables>; connectionId: string; client: UpflowClient; signal: AbortSignal | undefined },
  listed: ReadonlySet<string>,
  readAt: Date,
): Promise<number> {
  let gone = 0;
  for (let after = ''; ;) {
    const ids = await readLiveCustomerIds(db, connectionId, after, IDS_PER_SLICE);
    const last = ids.at(-1);
    if (last === undefined) return gone;
    after = last;
    const confirmed: string[] = [];
    for (const id of ids) if (!listed.has(id) && (await isGone(client, id, signal))) confirmed.push(id);
    await enterDeleted(db, connectionId, readAt, confirmed);
    gone += confirmed.length;
  }
}

async function isGone(client: UpflowClient, id: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await client.call({ method: 'GET', path: `/customers/${encodeURIComponent(id)}` }, signal);
    return false;
  } catch (error) {
    if (error instanceof UpflowCallError && error.problem === 'not-found') return true;
    throw error;
  }
}
