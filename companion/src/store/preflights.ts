import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Customer } from '../upflow/push-schema.ts';
import type { ClaimedCustomer } from './claims.ts';
import type { Tables } from './tables.ts';

/** Accounts that would fail for the same reason. */
export interface FailureGroup extends Reason {
  count: number;
  /** The first of them. */
  accounts: { id: string; name: string }[];
}

export interface PreflightResult {
  /** Accounts that were tried. */
  tried: number;
  wouldPass: number;
  /** API calls that it cost. */
  calls: number;
  failures: FailureGroup[];
  /** Why it could not be done, or what was wrong with it. */
  reason: Reason | null;
}

export interface Preflight extends PreflightResult {
  id: string;
  state: 'running' | 'done' | 'failed';
  sample: number;
  startedAt: Date;
  endedAt: Date | null;
}

/** The last preflight of a connection. */
export async function readPreflight(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<Preflight | undefined> {
  const { rows } = await sql<Preflight>`
    select preflight_id as id, state, sample, started_at as "startedAt", ended_at as "endedAt", tried,
      would_pass as "wouldPass", calls, failures, reason
    from preflight where connection_id = ${connectionId}`.execute(db);
  return rows[0];
}

/** Begins a preflight in place of the last one. @returns false when one is under way */
export async function insertPreflight(
  db: Kysely<Tables>,
  connectionId: string,
  { id, sample, startedBy }: { id: string; sample: number; startedBy: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into preflight as p (connection_id, preflight_id, state, sample, started_by)
    values (${connectionId}, ${id}, 'running', ${sample}, ${startedBy})
    on conflict (connection_id) do update set preflight_id = excluded.preflight_id, state = 'running',
      sample = excluded.sample, started_at = now(), started_by = excluded.started_by, ended_at = null, tried = 0,
      would_pass = 0, calls = 0, failures = '[]', reason = null
    where p.state <> 'running' or p.started_at < now() - interval '15 minutes'
    returning preflight_id`.execute(db);
  return rows.length > 0;
}

export async function endPreflight(
  db: Kysely<Tables>,
  connectionId: string,
  id: string,
  { tried, wouldPass, calls, failures, reason }: PreflightResult,
): Promise<void> {
  await sql`
    update preflight set state = ${reason === null ? 'done' : 'failed'}, ended_at = now(), tried = ${tried},
      would_pass = ${wouldPass}, calls = ${calls}, failures = ${JSON.stringify(failures)}::json,
      reason = ${reason === null ? null : JSON.stringify(reason)}::json
    where connection_id = ${connectionId} and preflight_id = ${id}`.execute(db);
}

/** Customers with an identifier, spread evenly over all of them. */
export async function sampleCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
): Promise<ClaimedCustomer[]> {
  const { rows } = await sql<ClaimedCustomer>`
    with numbered as (
      select customer_id, row_number() over (order by customer_id) - 1 as place, count(*) over () as total
      from customer where connection_id = ${connectionId} and state is not null and identifier is not null),
    chosen as (
      select customer_id from numbered where place % greatest(ceil(total / ${limit}::float8), 1)::bigint = 0)
    select c.customer_id as "customerId", c.push_id as "pushId", c.state as customer, c.identifier, c.version,
      c.attempts, '"all"'::json as forget
    from chosen join customer c on c.connection_id = ${connectionId} and c.customer_id = chosen.customer_id
    order by c.customer_id limit ${limit}`.execute(db);
  return rows;
}

/** One customer as if it were to be written; undefined when there is none. */
export async function readAsClaimed(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<(ClaimedCustomer & { customer: Customer | null }) | undefined> {
  const { rows } = await sql<ClaimedCustomer>`
    select customer_id as "customerId", push_id as "pushId", state as customer, identifier, version, attempts,
      '"all"'::json as forget
    from customer where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(db);
  return rows[0];
}

/** The customer of an Account: the one whose figures it carries, or the one with its identifier. */
export async function findCustomerOfAccount(
  db: Kysely<Tables>,
  connectionId: string,
  accountId: string,
  identifier: string | null,
): Promise<string | undefined> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId", 1 as place from account
    where connection_id = ${connectionId} and account_id = ${accountId} and customer_id is not null
    union all
    select customer_id, 2 from customer
    where connection_id = ${connectionId} and identifier = ${identifier} and state is not null
    order by 2, 1 limit 1`.execute(db);
  return rows[0]?.customerId;
}
