import { sql, type Kysely } from 'kysely';
import { ERASED } from '../erase/erased-reason.ts';
import { namesCustomer, withoutCustomers } from '../upflow/push-customers.ts';
import type { Deleted } from './erase-rows.ts';
import type { Tables } from './tables.ts';

/** Pushes of the customer that one transaction treats. */
const SLICE = 100;

/**
 * Takes a customer out of the next of its pushes: one that told of it alone loses its body, one that told of others
 * too keeps what it said of those.
 *
 * @returns undefined when no push names the customer any more
 */
export async function eraseFromPushes(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<Deleted | undefined> {
  const { rows } = await sql<{ pushId: string }>`
    select push_id as "pushId" from push_effect
    where connection_id = ${connectionId} and customer_id = ${customerId} limit ${SLICE}`.execute(trx);
  if (rows.length === 0) return undefined;
  const pushIds = rows.map(({ pushId }) => pushId).toSorted();
  let bodies = 0;
  // One by one: each body may have megabytes.
  for (const pushId of pushIds) bodies += await eraseFromBody(trx, connectionId, pushId, customerId);
  const effects = await sql`
    delete from push_effect
    where connection_id = ${connectionId} and customer_id = ${customerId}
      and push_id = any(${pushIds}::text[])`.execute(trx);
  // Every push has an end, also one of which nothing else is left.
  await sql`
    insert into push_effect (connection_id, push_id, customer_id, outcome, reason, ended_at, received_at)
    select p.connection_id, p.push_id, '', 'rejected', ${JSON.stringify(ERASED)}::json, now(), p.received_at
    from push p
    where p.connection_id = ${connectionId} and p.push_id = any(${pushIds}::text[]) and not exists (
      select from push_effect e where e.connection_id = p.connection_id and e.push_id = p.push_id)`.execute(
    trx,
  );
  return { push: bodies, push_effect: Number(effects.numAffectedRows ?? 0) };
}

/** Drops the bodies of rejected pushes that name the customer, wherever they do. */
export async function eraseFromRejected(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<number> {
  // An id that is written with escapes is found by reading.
  const { rows } = await sql<{ pushId: string }>`
    select p.push_id as "pushId" from push_effect e
    join push p on p.connection_id = e.connection_id and p.push_id = e.push_id
    where e.connection_id = ${connectionId} and e.customer_id = '' and p.body is not null
      and (position(${customerId} in p.body) > 0 or position('\\u' in p.body) > 0)
    order by p.push_id`.execute(trx);
  let bodies = 0;
  for (const { pushId } of rows) {
    const body = await readBody(trx, connectionId, pushId);
    if (body === null || !namesCustomer(body, customerId)) continue;
    bodies += await saveBody(trx, connectionId, pushId, null);
  }
  return bodies;
}

/** Whether a push that was not taken in yet may name the customer. */
export async function isInWaitingPush(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from push
    where connection_id = ${connectionId} and folded_at is null and position(${customerId} in body) > 0
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Keeps another body for a push, or none. */
export async function saveBody(
  trx: Kysely<Tables>,
  connectionId: string,
  pushId: string,
  body: string | null,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update push set body = ${body} where connection_id = ${connectionId} and push_id = ${pushId}`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

async function eraseFromBody(
  trx: Kysely<Tables>,
  connectionId: string,
  pushId: string,
  customerId: string,
): Promise<number> {
  const body = await readBody(trx, connectionId, pushId);
  if (body === null) return 0;
  return saveBody(trx, connectionId, pushId, withoutCustomers(body, new Set([customerId])));
}

async function readBody(trx: Kysely<Tables>, connectionId: string, pushId: string): Promise<string | null> {
  const { rows } = await sql<{ body: string | null }>`
    select body from push
    where connection_id = ${connectionId} and push_id = ${pushId} for update`.execute(trx);
  return rows[0]?.body ?? null;
}
