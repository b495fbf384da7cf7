import { sql, type Kysely } from 'kysely';
import type { AlertMessage } from '../alerts/write-message.ts';
import type { Tables } from './tables.ts';

export interface Delivery {
  id: string;
  connectionId: string;
  channel: 'webhook' | 'mail';
  message: AlertMessage;
  attempts: number;
}

export type DeliveryResult = 'delivered' | 'failed' | 'dropped';

/** Seconds before the second attempt, doubled with each further one. Longer than an attempt takes. */
const FIRST_RETRY_IN_SECONDS = 30;
const LONGEST_RETRY_IN_SECONDS = 3600;

/** Keeps messages that are to be delivered at once. */
export async function addDeliveries(
  db: Kysely<Tables>,
  deliveries: readonly Pick<Delivery, 'id' | 'channel' | 'message'>[],
): Promise<void> {
  for (const { id, channel, message } of deliveries) {
    const { connectionId, alertId, event } = message;
    await sql`
      insert into alert_delivery (delivery_id, connection_id, alert_id, event, channel, message)
      values (${id}, ${connectionId}, ${alertId}, ${event}, ${channel}, ${JSON.stringify(message)}::json)`.execute(
      db,
    );
  }
}

/**
 * Takes messages that are due, or the given ones. Whoever takes one has until the next attempt would be due; a
 * process that ends meanwhile leaves it to be delivered by another, perhaps for the second time, under the same id.
 */
export async function claimDeliveries(
  db: Kysely<Tables>,
  limit: number,
  ids?: readonly string[],
): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    update alert_delivery d set attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs =>
        least(${LONGEST_RETRY_IN_SECONDS}::float8, ${FIRST_RETRY_IN_SECONDS} * power(2, least(attempts, 20))))
    where delivery_id in (
      select delivery_id from alert_delivery
      where ended_at is null and next_attempt_at <= now()
        and ${ids === undefined ? sql`true` : sql`delivery_id = any(${ids}::uuid[])`}
      order by next_attempt_at, delivery_id limit ${limit} for update skip locked)
    returning delivery_id as id, connection_id as "connectionId", channel, message, attempts`.execute(db);
  return rows;
}

/** Records how an attempt went; without a result it is tried again. */
export async function endAttempt(
  db: Kysely<Tables>,
  id: string,
  result: DeliveryResult | null,
  problem: string | null,
): Promise<void> {
  await sql`
    update alert_delivery set result = ${result}, problem = ${problem},
      ended_at = case when ${result === null} then null else now() end
    where delivery_id = ${id} and ended_at is null`.execute(db);
}

export interface DeliveryRow {
  id: string;
  event: string;
  channel: string;
  message: AlertMessage;
  createdAt: Date;
  attempts: number;
  nextAttemptAt: Date | null;
  endedAt: Date | null;
  result: DeliveryResult | null;
  problem: string | null;
  place: string;
}

/** One page of the messages of a connection, newest first. */
export async function listDeliveries(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
  after?: readonly [createdAt: string, id: string],
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select delivery_id as id, event, channel, message, created_at as "createdAt", attempts,
      case when ended_at is null then next_attempt_at end as "nextAttemptAt", ended_at as "endedAt", result,
      problem, created_at::text as place
    from alert_delivery
    where connection_id = ${connectionId} ${
      after === undefined
        ? sql``
        : sql`and (created_at, delivery_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    }
    order by created_at desc, delivery_id desc limit ${limit}`.execute(db);
  return rows;
}
