import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/**
 * What happens to a customer: `matched` to an Account, `written` on it, `refused` by Salesforce, `postponed` to
 * be tried again, `unmatched`, `cleared` from its Account, `retried` by a person.
 */
export type EventKind = 'matched' | 'written' | 'refused' | 'postponed' | 'unmatched' | 'cleared' | 'retried';

export interface NewEvent {
  customerId: string;
  kind: EventKind;
  pushId: string;
  accountId: string | null;
  /** Names of the written fields; never their values. */
  fields: string[];
  reason: Reason | null;
  /** The identifier by which it was matched. */
  identifier: string | null;
}

export interface CustomerEvent {
  at: Date;
  kind: EventKind;
  pushId: string | null;
  accountId: string | null;
  fields: string[];
  reason: Reason | null;
  detail: { identifier?: string; upflow?: string; salesforce?: string; by?: string } | null;
}

/** Adds to the stories of customers. A match is told with the pair of fields that the connection uses now. */
export async function recordEvents(
  db: Kysely<Tables>,
  connectionId: string,
  events: NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into customer_event (connection_id, customer_id, kind, push_id, account_id, fields, reason, detail)
    select ${connectionId}, d.customer_id, d.kind, d.push_id, d.account_id,
      string_to_array(nullif(d.fields, ''), ','), d.reason::json,
      case when d.kind = 'matched' then json_build_object('identifier', d.identifier,
        'upflow', c.identifier ->> 'upflow', 'salesforce', c.identifier ->> 'salesforce') end
    from unnest(
      ${events.map(({ customerId }) => customerId)}::text[],
      ${events.map(({ kind }) => kind)}::text[],
      ${events.map(({ pushId }) => pushId)}::text[],
      ${events.map(({ accountId }) => accountId)}::text[],
      ${events.map(({ fields }) => fields.join(','))}::text[],
      ${events.map(({ reason }) => (reason === null ? null : JSON.stringify(reason)))}::text[],
      ${events.map(({ identifier }) => identifier)}::text[]
    ) as d(customer_id, kind, push_id, account_id, fields, reason, identifier)
    left join connection c on c.connection_id = ${connectionId}`.execute(db);
}

/** The newest events of one customer, newest first. */
export async function readEvents(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  limit: number,
): Promise<CustomerEvent[]> {
  const { rows } = await sql<CustomerEvent>`
    select at, kind, push_id as "pushId", account_id as "accountId", coalesce(fields, '{}') as fields, reason, detail
    from customer_event
    where connection_id = ${connectionId} and customer_id = ${customerId}
    order by event_id desc limit ${limit}`.execute(db);
  return rows;
}
