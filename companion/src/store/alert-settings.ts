import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Where trouble of a connection is told. */
export interface AlertSettings {
  connectionId: string;
  webhookUrl: string | null;
  webhookOn: boolean;
  /** Sealed. */
  webhookSecret: string | null;
  webhookSecretHint: string | null;
  mailTo: string[];
  mailOn: boolean;
  failureThreshold: number | null;
  failureWindowMinutes: number;
}

/** The settings of a connection for which nobody has made any. */
export const NO_ALERTS: Omit<AlertSettings, 'connectionId'> = {
  webhookUrl: null,
  webhookOn: false,
  webhookSecret: null,
  webhookSecretHint: null,
  mailTo: [],
  mailOn: false,
  failureThreshold: 20,
  failureWindowMinutes: 60,
};

const columns = sql`connection_id as "connectionId", webhook_url as "webhookUrl", webhook_on as "webhookOn",
  webhook_secret as "webhookSecret", webhook_secret_hint as "webhookSecretHint", mail_to as "mailTo",
  mail_on as "mailOn", failure_threshold as "failureThreshold", failure_window_minutes as "failureWindowMinutes"`;

/** @returns undefined when nobody has made any */
export async function readAlertSettings(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<AlertSettings | undefined> {
  const { rows } = await sql<AlertSettings>`
    select ${columns} from alert_setting where connection_id = ${connectionId}`.execute(db);
  return rows[0];
}

/** The settings of all connections that have any. */
export async function listAlertSettings(db: Kysely<Tables>): Promise<AlertSettings[]> {
  const { rows } = await sql<AlertSettings>`
    select ${columns} from alert_setting order by connection_id`.execute(db);
  return rows;
}

export async function saveAlertSettings(db: Kysely<Tables>, settings: AlertSettings): Promise<void> {
  await sql`
    insert into alert_setting (connection_id, webhook_url, webhook_on, webhook_secret, webhook_secret_hint,
      mail_to, mail_on, failure_threshold, failure_window_minutes)
    values (${settings.connectionId}, ${settings.webhookUrl}, ${settings.webhookOn}, ${settings.webhookSecret},
      ${settings.webhookSecretHint}, ${settings.mailTo}, ${settings.mailOn}, ${settings.failureThreshold},
      ${settings.failureWindowMinutes})
    on conflict (connection_id) do update set
      webhook_url = excluded.webhook_url, webhook_on = excluded.webhook_on,
      webhook_secret = excluded.webhook_secret, webhook_secret_hint = excluded.webhook_secret_hint,
      mail_to = excluded.mail_to, mail_on = excluded.mail_on,
      failure_threshold = excluded.failure_threshold,
      failure_window_minutes = excluded.failure_window_minutes`.execute(db);
}

/** The ways on which a connection's trouble is told now. */
export function channelsOf(settings: AlertSettings): ('webhook' | 'mail')[] {
  return [
    ...(settings.webhookOn && settings.webhookUrl !== null ? (['webhook'] as const) : []),
    ...(settings.mailOn && settings.mailTo.length > 0 ? (['mail'] as const) : []),
  ];
}
