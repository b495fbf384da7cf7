import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What an org says of its API calls in 24 hours, of all its apps. */
export interface OrgUsage {
  used: number;
  max: number;
  readAt: Date;
}

export async function readOrgUsage(db: Kysely<Tables>, connectionId: string): Promise<OrgUsage | undefined> {
  const { rows } = await sql<OrgUsage>`
    select org_used as used, org_max as max, read_at as "readAt" from api_budget
    where connection_id = ${connectionId} and org_max is not null`.execute(db);
  return rows[0];
}

export async function saveOrgUsage(
  db: Kysely<Tables>,
  connectionId: string,
  { used, max }: { used: number; max: number },
): Promise<void> {
  await sql`
    insert into api_budget (connection_id, org_used, org_max, read_at) values (${connectionId}, ${used}, ${max}, now())
    on conflict (connection_id)
    do update set org_used = excluded.org_used, org_max = excluded.org_max, read_at = excluded.read_at`.execute(
    db,
  );
}

/**
 * The hours that may hold calls of the last 24 hours. A call counts until its whole hour is past, so never too
 * short: 25 hours at most.
 */
const isCounted = sql`hour >= date_trunc('hour', now() - interval '24 hours')`;

/** Calls that were made or set aside, by the hour, oldest first. */
export async function readCallsByHour(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ now: Date; hours: { hour: Date; calls: number }[] }> {
  const { rows } = await sql<{ now: Date; hour: Date | null; calls: number }>`
    select clock.now, hour, calls from (select now() as now) as clock
    left join api_call on connection_id = ${connectionId} and ${isCounted} order by hour`.execute(db);
  return {
    now: rows[0]?.now ?? new Date(),
    hours: rows.flatMap(({ hour, calls }) => (hour === null ? [] : [{ hour, calls }])),
  };
}

export interface SetAside {
  calls: number;
  hour: Date;
}

/**
 * Sets calls aside for one process; all processes together never get more than the limit.
 *
 * @param limit calls that may be used in 24 hours; undefined for no limit
 * @param returned calls that were set aside earlier and not made
 * @returns as many as are left, up to those wanted
 */
export async function setCallsAside(
  db: Kysely<Tables>,
  connectionId: string,
  wanted: (left: number) => number,
  limit: number | undefined,
  returned: SetAside | undefined,
): Promise<SetAside> {
  return db.transaction().execute(async (trx) => {
    await sql`
      insert into api_budget (connection_id) values (${connectionId})
      on conflict (connection_id) do update set connection_id = excluded.connection_id`.execute(trx);
    if (returned !== undefined && returned.calls > 0) {
      await sql`
        update api_call set calls = greatest(calls - ${returned.calls}, 0)
        where connection_id = ${connectionId} and hour = ${returned.hour}`.execute(trx);
    }
    const { rows } = await sql<{ used: number; hour: Date }>`
      select coalesce(sum(calls), 0)::int as used, date_trunc('hour', now()) as hour from api_call
      where connection_id = ${connectionId} and ${isCounted}`.execute(trx);
    const { used, hour } = rows[0] ?? { used: 0, hour: new Date() };
    const left = limit === undefined ? Number.MAX_SAFE_INTEGER : Math.max(limit - used, 0);
    const calls = Math.min(wanted(left), left);
    if (calls > 0) {
      await sql`
        insert into api_call (connection_id, hour, calls) values (${connectionId}, ${hour}, ${calls})
        on conflict (connection_id, hour) do update set calls = api_call.calls + excluded.calls`.execute(trx);
    }
    return { calls, hour };
  });
}

/** Forgets what no budget counts any more. */
export async function deleteOldCalls(db: Kysely<Tables>): Promise<void> {
  await sql`delete from api_call where hour < now() - interval '8 days'`.execute(db);
}
