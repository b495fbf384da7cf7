import { sql, type Kysely } from 'kysely';
import type { OpenAlert, Standing } from '../alerts/decide-alerts.ts';
import type { AlertSettings } from './alert-settings.ts';
import type { Tables } from './tables.ts';

/** How a connection stands, as far as alerts go. @returns undefined when there is no such connection */
export async function readStanding(
  db: Kysely<Tables>,
  { connectionId, failureThreshold, failureWindowMinutes }: AlertSettings,
): Promise<Standing | undefined> {
  const { rows } = await sql<Omit<Standing, 'failures' | 'failureThreshold'>>`
    select state, state_reason as "stateReason", organization_id is not null as "hasOrganization",
      hold_failures as "holdFailures", hold_reason as "holdReason"
    from connection where connection_id = ${connectionId}`.execute(db);
  const [standing] = rows;
  if (standing === undefined) return undefined;
  const { rows: failures } = await sql<Standing['failures'][number]>`
    select g.code, g.count, g.recent, newest.reason
    from (
      select code, count(*)::int as count,
        (count(*) filter (where since > now() - make_interval(mins => ${failureWindowMinutes})))::int as recent
      from customer_failure where connection_id = ${connectionId} and open group by code
    ) as g,
    lateral (
      select reason from customer_failure f
      where f.connection_id = ${connectionId} and f.code = g.code and f.open order by since desc limit 1
    ) as newest
    order by g.code`.execute(db);
  return { ...standing, failures, failureThreshold };
}

/** The trouble of a connection that was told and is not over. Nobody else looks at it until the transaction ends. */
export async function readOpenAlerts(trx: Kysely<Tables>, connectionId: string): Promise<OpenAlert[]> {
  await sql`select from alert_setting where connection_id = ${connectionId} for update`.execute(trx);
  const { rows } = await sql<OpenAlert>`
    select alert_id as id, kind, code, told_at as "toldAt", about from alert
    where connection_id = ${connectionId} and resolved_at is null order by alert_id`.execute(trx);
  return rows;
}

export async function openAlert(
  trx: Kysely<Tables>,
  connectionId: string,
  { id, kind, code, about, toldAt }: OpenAlert,
): Promise<void> {
  await sql`
    insert into alert (alert_id, connection_id, kind, code, about, opened_at, told_at)
    values (${id}, ${connectionId}, ${kind}, ${code}, ${JSON.stringify(about)}::json, ${toldAt}, ${toldAt})`.execute(
    trx,
  );
}

/** Trouble that was told again now. */
export async function markReminded(trx: Kysely<Tables>, alertId: string, at: Date): Promise<void> {
  await sql`update alert set told_at = ${at} where alert_id = ${alertId}`.execute(trx);
}

/** Trouble that is over. */
export async function resolveAlert(trx: Kysely<Tables>, alertId: string, at: Date): Promise<void> {
  await sql`update alert set resolved_at = ${at} where alert_id = ${alertId}`.execute(trx);
}

/** Forgets what was over, and told, long ago. */
export async function deleteOldAlerts(db: Kysely<Tables>, days: number): Promise<void> {
  await sql`
    delete from alert_delivery
    where ended_at is not null and created_at < now() - make_interval(days => ${days})`.execute(db);
  await sql`delete from alert where resolved_at < now() - make_interval(days => ${days})`.execute(db);
}
