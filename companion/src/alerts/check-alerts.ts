import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Services } from '../services.ts';
import { addDeliveries } from '../store/alert-deliveries.ts';
import { channelsOf, listAlertSettings, type AlertSettings } from '../store/alert-settings.ts';
import { markReminded, openAlert, readOpenAlerts, readStanding, resolveAlert } from '../store/alerts.ts';
import type { Tables } from '../store/tables.ts';
import { decideAlerts, findTroubles, type OpenAlert } from './decide-alerts.ts';
import { deliverAlerts } from './deliver-alerts.ts';
import { consoleOrigin, linkTo, type AlertEvent, type AlertMessage } from './write-message.ts';

/** Looks at all connections, decides what is to be told, and tells it. Run by one process at a time. */
export async function checkAlerts(
  services: Pick<Services, 'database' | 'config' | 'sealer' | 'log'>,
  now: Date = new Date(),
): Promise<void> {
  const { db } = services.database;
  const origin = consoleOrigin(services.config);
  for (const settings of await listAlertSettings(db)) {
    await db.transaction().execute((trx) => checkConnection(trx, settings, origin, now));
  }
  await deliverAlerts(services);
}

async function checkConnection(
  trx: Kysely<Tables>,
  settings: AlertSettings,
  origin: string,
  now: Date,
): Promise<void> {
  const { connectionId } = settings;
  const open = await readOpenAlerts(trx, connectionId);
  const standing = await readStanding(trx, settings);
  const channels = channelsOf(settings);
  const troubles = standing === undefined || channels.length === 0 ? [] : findTroubles(standing);
  const changes = decideAlerts(troubles, open, now);

  const tell = (event: AlertEvent, { id, kind, code, about }: Omit<OpenAlert, 'toldAt'>) => {
    const message: AlertMessage = {
      ...about,
      connectionId,
      alertId: id,
      event,
      kind,
      code,
      at: now.toISOString(),
      link: linkTo(origin, connectionId, kind),
    };
    return addDeliveries(
      trx,
      channels.map((channel) => ({ id: randomUUID(), channel, message })),
    );
  };
  for (const { isTold, ...alert } of changes.resolve) {
    await resolveAlert(trx, alert.id, now);
    if (isTold) await tell('resolved', alert);
  }
  for (const { kind, code, about } of changes.open) {
    const alert = { id: randomUUID(), kind, code, about, toldAt: now };
    await openAlert(trx, connectionId, alert);
    await tell('opened', alert);
  }
  for (const alert of changes.remind) {
    await markReminded(trx, alert.id, now);
    await tell('reminder', alert);
  }
}
