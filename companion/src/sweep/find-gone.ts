import type { Kysely } from 'kysely';
import { readLiveCustomerIds } from '../store/sweeps.ts';
import type { Tables } from '../store/tables.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { enterDeleted } from './enter-swept.ts';

const IDS_PER_SLICE = 1000;

/** So many customers may be gone at once, even where that is most of them. */
const SUSPICIOUSLY_MANY = 20;

/** Thrown where most of the customers that are known are not in the list: it is more likely that of another organization. */
export class CustomersVanished extends Error {
  constructor(missing: number, known: number) {
    super(`${missing} of ${known} customers are not in this organization of Upflow`);
    this.name = 'CustomersVanished';
  }
}

/**
 * Looks for customers that a complete list no longer has, asks Upflow for each of them once more, and enters those that
 * are gone as deleted.
 *
 * @returns how many are gone
 * @throws {CustomersVanished} before anything is entered
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
  await refuseVanished(db, connectionId, listed);
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

async function refuseVanished(
  db: Kysely<Tables>,
  connectionId: string,
  listed: ReadonlySet<string>,
): Promise<void> {
  let known = 0;
  let missing = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = await readLiveCustomerIds(db, connectionId, after, IDS_PER_SLICE);
    known += ids.length;
    missing += ids.filter((id) => !listed.has(id)).length;
    after = ids.at(-1);
  }
  if (missing > SUSPICIOUSLY_MANY && missing > known - missing) throw new CustomersVanished(missing, known);
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
