import { sql, type Kysely } from 'kysely';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { Customer } from '../upflow/push-schema.ts';
import type { Tables } from './tables.ts';

export type DriftKind = 'blanked' | 'changed' | 'gone';

/** A field of an Account that does not show what it should. */
export interface DriftRow {
  accountId: string;
  customerId: string;
  /** Empty where the Account is gone. */
  field: string;
  kind: DriftKind;
  shows: string | null;
  shouldShow: string | null;
}

/** An Account that carries a customer's figures, with what they are planned from. */
export interface LinkedAccount {
  accountId: string;
  customerId: string;
  customer: Customer;
  currency: string | null;
  written: FieldValues;
  /** Its customer is being written, or waits to be. */
  isBusy: boolean;
  /** Its customer waits for a person, so that old figures are what it should show. */
  isFailing: boolean;
}

/** How many Accounts carry a customer's figures; with an audit, those of them that it found. */
export async function countLinked(
  db: Kysely<Tables>,
  connectionId: string,
  ofAudit: string | null,
): Promise<number> {
  const { rows } = await sql<{ accounts: number }>`
    select count(*)::int as accounts from ${linked(connectionId, ofAudit)}`.execute(db);
  return rows[0]?.accounts ?? 0;
}

/** The next Accounts that carry a customer's figures, in the order of their ids. */
export async function readLinkedIds(
  db: Kysely<Tables>,
  connectionId: string,
  ofAudit: string | null,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.account_id as id from ${linked(connectionId, ofAudit)} and a.account_id > ${after}
    order by a.account_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Of these Accounts, those that carry a customer's figures. */
export async function readLinked(
  db: Kysely<Tables>,
  connectionId: string,
  ofAudit: string | null,
  accountIds: readonly string[],
): Promise<LinkedAccount[]> {
  const { rows } = await sql<LinkedAccount>`
    select a.account_id as "accountId", a.customer_id as "customerId", c.state as customer, a.currency, a.written,
      c.dirty_at is not null or c.run_id is not null or coalesce(c.lease_until > now(), false) or a.left_by_hand
        as "isBusy",
      exists (select from customer_failure f
        where f.connection_id = c.connection_id and f.customer_id = c.customer_id) as "isFailing"
    from ${linked(connectionId, ofAudit)} and a.account_id = any(${[...accountIds]}::text[])`.execute(db);
  return rows;
}

function linked(connectionId: string, ofAudit: string | null) {
  return sql`account a join customer c on c.connection_id = a.connection_id and c.customer_id = a.customer_id
    where a.connection_id = ${connectionId} and a.customer_id is not null and c.state is not null
      ${
        ofAudit === null
          ? sql``
          : sql`and exists (select from drift_row r where r.connection_id = a.connection_id
              and r.audit_id = ${ofAudit} and r.account_id = a.account_id)`
      }`;
}

/** Of these customers, those that were written since a moment, or changed: what was read before may be old. */
export async function findWrittenSince(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
  moment: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id from customer c
    where c.connection_id = ${connectionId} and c.customer_id = any(${[...customerIds]}::text[])
      and (c.changed_at >= ${moment} or exists (
        select from customer_event e
        where e.connection_id = c.connection_id and e.customer_id = c.customer_id and e.at >= ${moment}))`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

export async function addDriftRows(
  trx: Kysely<Tables>,
  connectionId: string,
  auditId: string,
  rows: readonly DriftRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into drift_row (connection_id, audit_id, account_id, field, customer_id, kind, shows, should_show)
    select ${connectionId}, ${auditId}::uuid, * from unnest(
      ${rows.map(({ accountId }) => accountId)}::text[], ${rows.map(({ field }) => field)}::text[],
      ${rows.map(({ customerId }) => customerId)}::text[], ${rows.map(({ kind }) => kind)}::text[],
      ${rows.map(({ shows }) => shows)}::text[], ${rows.map(({ shouldShow }) => shouldShow)}::text[])
    on conflict do nothing`.execute(trx);
}

/** Forgets what an earlier beginning of an audit kept. */
export async function deleteDriftRows(
  db: Kysely<Tables>,
  connectionId: string,
  auditId: string,
): Promise<void> {
  await sql`
    delete from drift_row where connection_id = ${connectionId} and audit_id = ${auditId}`.execute(db);
}

export interface ShownDriftRow extends DriftRow {
  customerName: string;
  /** How the repair of it ended; null where nobody asked for one. */
  repair: 'running' | 'done' | 'failed' | null;
}

/** Where a page of rows ended. */
export type DriftAfter = readonly [accountId: string, field: string];

/** One page of what an audit found, in the order of the Accounts; `field` is empty for those that are gone. */
export async function readDriftRows(
  db: Kysely<Tables>,
  connectionId: string,
  auditId: string,
  field: string | undefined,
  limit: number,
  after?: DriftAfter,
): Promise<ShownDriftRow[]> {
  const { rows } = await sql<ShownDriftRow>`
    select r.account_id as "accountId", r.customer_id as "customerId", r.field, r.kind, r.shows,
      r.should_show as "shouldShow", coalesce(n.name, '') as "customerName",
      case when r.repair_run_id is null then null
        when c.run_id = r.repair_run_id or x.state in ('running', 'paused') and c.customer_id > x.cursor then 'running'
        when x.state = 'cancelled' and c.customer_id > x.cursor or exists (select from customer_failure f
          where f.connection_id = r.connection_id and f.customer_id = r.customer_id and f.open) then 'failed'
        else 'done' end as repair
    from drift_row r
    left join customer_name n on n.connection_id = r.connection_id and n.customer_id = r.customer_id
    left join customer c on c.connection_id = r.connection_id and c.customer_id = r.customer_id
    left join export_run x on x.connection_id = r.connection_id and x.run_id = r.repair_run_id
    where r.connection_id = ${connectionId} and r.audit_id = ${auditId}
      ${field === undefined ? sql`` : sql`and r.field = ${field}`}
      ${after === undefined ? sql`` : sql`and (r.account_id, r.field) > (${after[0]}, ${after[1]})`}
    order by r.account_id, r.field limit ${limit}`.execute(db);
  return rows;
}

/** Has fields that an audit found written anew by an export run. @returns the customers that they are of */
export async function markRepaired(
  trx: Kysely<Tables>,
  connectionId: string,
  auditId: string,
  runId: string,
  customerIds: readonly string[] | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    with marked as (
      update drift_row set repair_run_id = ${runId}
      where connection_id = ${connectionId} and audit_id = ${auditId}
        ${customerIds === undefined ? sql`` : sql`and customer_id = any(${[...customerIds]}::text[])`}
      returning customer_id)
    select distinct customer_id as "customerId" from marked`.execute(trx);
  return rows.map(({ customerId }) => customerId);
}
