import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Customers that one statement has tried again. */
const SLICE = 10_000;

/** The customers that someone named, or all that fail with a code. */
export type RetrySelection = { customerIds: string[] } | { code: string };

/**
 * Has customers written again whose newest state waits for a person, as if it had just come. Those that are
 * already being tried are left alone.
 *
 * @returns how many
 */
export async function retryFailures(
  db: Kysely<Tables>,
  connectionId: string,
  selection: RetrySelection,
  actor: string,
): Promise<number> {
  const isSelected =
    'code' in selection
      ? sql`f.code = ${selection.code}`
      : sql`f.customer_id = any(${selection.customerIds.toSorted()}::text[])`;
  let customers = 0;
  for (;;) {
    const { rows } = await sql<{ customers: number }>`
      with chosen as (
        select c.customer_id, f.push_id
        from customer_failure f
        join customer c on c.connection_id = f.connection_id and c.customer_id = f.customer_id
        where f.connection_id = ${connectionId} and f.open and ${isSelected} and c.dirty_at is null
        order by c.customer_id limit ${SLICE} for update of c),
      again as (
        update customer c set dirty_at = now(), version = c.version + 1, attempts = 0, next_attempt_at = null
        from chosen where c.connection_id = ${connectionId} and c.customer_id = chosen.customer_id
        returning c.customer_id, c.identifier, c.push_id),
      forgotten as (
        delete from identifier_lookup l using again
        where l.connection_id = ${connectionId} and l.identifier = again.identifier),
      told as (
        insert into customer_event (connection_id, customer_id, kind, push_id, detail)
        select ${connectionId}, customer_id, 'retried', push_id, ${JSON.stringify({ by: actor })}::json from again)
      select count(*)::int as customers from again`.execute(db);
    const retried = rows[0]?.customers ?? 0;
    customers += retried;
    if (retried < SLICE) return customers;
  }
}
