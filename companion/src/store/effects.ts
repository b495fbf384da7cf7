import { sql, type Kysely } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

export interface EffectKey {
  pushId: string;
  customerId: string;
}

export interface EffectEnd extends EffectKey {
  outcome: Outcome;
  accountId: string | null;
  reason: Reason | null;
}

/** Notes that pushes concern customers; how that ends is not known yet. */
export async function openEffects(
  db: Kysely<Tables>,
  connectionId: string,
  effects: EffectKey[],
): Promise<void> {
  const sorted = sortByKey(effects);
  await sql`
    insert into push_effect (connection_id, push_id, customer_id, received_at)
    select ${connectionId}, d.push_id, d.customer_id, p.received_at
    from unnest(
      ${sorted.map(({ pushId }) => pushId)}::text[], ${sorted.map(({ customerId }) => customerId)}::text[]
    ) as d(push_id, customer_id)
    left join push p on p.connection_id = ${connectionId} and p.push_id = d.push_id
    on conflict do nothing`.execute(db);
}

/** Says of effects that are still pending why they are. */
export async function explainPending(
  db: Kysely<Tables>,
  connectionId: string,
  effects: (EffectKey & { reason: Reason })[],
): Promise<void> {
  const sorted = sortByKey(effects);
  await sql`
    update push_effect e set reason = d.reason::json
    from unnest(
      ${sorted.map(({ pushId }) => pushId)}::text[],
      ${sorted.map(({ customerId }) => customerId)}::text[],
      ${sorted.map(({ reason }) => JSON.stringify(reason))}::text[]
    ) as d(push_id, customer_id, reason)
    where e.connection_id = ${connectionId} and e.push_id = d.push_id and e.customer_id = d.customer_id
      and e.outcome is null`.execute(db);
}

/** Ends what is pending for these customers but is no longer their newest state. */
export async function endSuperseded(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: string[],
): Promise<void> {
  await sql`
    update push_effect e set outcome = 'superseded', reason = null, ended_at = now()
    from customer c
    where e.connection_id = ${connectionId} and e.customer_id = any(${customerIds.toSorted()}::text[])
      and e.outcome is null
      and c.connection_id = e.connection_id and c.customer_id = e.customer_id
      and c.push_id <> e.push_id`.execute(db);
}

/**
 * Records how effects ended. One that waits for a person may end anew after a retry; one that is
 * finished keeps its first end.
 */
export async function endEffects(db: Kysely<Tables>, connectionId: string, ends: EffectEnd[]): Promise<void> {
  const sorted = sortByKey(ends);
  await sql`
    update push_effect e
    set outcome = d.outcome, account_id = d.account_id, reason = d.reason::json, ended_at = now()
    from unnest(
      ${sorted.map(({ pushId }) => pushId)}::text[],
      ${sorted.map(({ customerId }) => customerId)}::text[],
      ${sorted.map(({ outcome }) => outcome)}::text[],
      ${sorted.map(({ accountId }) => accountId)}::text[],
      ${sorted.map(({ reason }) => (reason === null ? null : JSON.stringify(reason)))}::text[]
    ) as d(push_id, customer_id, outcome, account_id, reason)
    where e.connection_id = ${connectionId} and e.push_id = d.push_id and e.customer_id = d.customer_id
      and (e.outcome is null or e.outcome in ('unmatched', 'needs attention'))`.execute(db);
}

function sortByKey<Effect extends EffectKey>(effects: Effect[]): Effect[] {
  const key = ({ pushId, customerId }: EffectKey) => `${pushId} ${customerId}`;
  return effects.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
