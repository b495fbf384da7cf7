import { placeOf } from '../connect/connection-directory.ts';
import type { Services } from '../services.ts';
import {
  claimDeliveries,
  endAttempt,
  type Delivery,
  type DeliveryResult,
} from '../store/alert-deliveries.ts';
import { channelsOf, readAlertSettings } from '../store/alert-settings.ts';
import { AddressRefused } from './check-address.ts';
import { sendMail } from './send-mail.ts';
import { DeliveryFailed, sendWebhook } from './send-webhook.ts';
import { writeMail, writeWebhook } from './write-message.ts';

/** Attempts, over about two hours, after which a message is given up. */
const MOST_ATTEMPTS = 9;

const AT_ONCE = 10;

export interface Attempt {
  channel: Delivery['channel'];
  result: DeliveryResult | null;
  problem: string | null;
}

/**
 * Delivers what is due. What fails is tried again later, each time after twice the wait.
 *
 * @param ids these alone, and only once: what fails is not tried again
 * @returns how the attempts went
 */
export async function deliverAlerts(
  services: Pick<Services, 'database' | 'config' | 'sealer' | 'log'>,
  ids?: readonly string[],
): Promise<Attempt[]> {
  const { db } = services.database;
  const attempts: Attempt[] = [];
  for (;;) {
    const due = await claimDeliveries(db, AT_ONCE, ids);
    if (due.length === 0) return attempts;
    const made = await Promise.all(
      due.map(async (delivery) => {
        const isLast = ids !== undefined || delivery.attempts >= MOST_ATTEMPTS;
        const attempt = await attemptDelivery(services, delivery, isLast);
        await endAttempt(db, delivery.id, attempt.result, attempt.problem);
        return attempt;
      }),
    );
    attempts.push(...made);
  }
}

async function attemptDelivery(
  services: Pick<Services, 'database' | 'config' | 'sealer' | 'log'>,
  { id, connectionId, channel, message }: Delivery,
  isLast: boolean,
): Promise<Attempt> {
  const { config, database, sealer, log } = services;
  const settings = await readAlertSettings(database.db, connectionId);
  if (settings === undefined || !channelsOf(settings).includes(channel)) {
    return { channel, result: 'dropped', problem: 'This way was switched off meanwhile.' };
  }
  try {
    if (channel === 'mail') {
      await sendMail(config.mail, { id, to: settings.mailTo, ...writeMail(message) });
    } else {
      await sendWebhook({
        url: settings.webhookUrl ?? '',
        secret: sealer.open(settings.webhookSecret ?? '', placeOf.alertWebhook(connectionId)),
        id,
        body: writeWebhook(message),
        rules: { allowPrivate: config.alertWebhookAllowPrivate },
      });
    }
    log.info({ connectionId, channel, deliveryId: id, event: message.event }, 'alert delivered');
    return { channel, result: 'delivered', problem: null };
  } catch (error) {
    const isForeseen = error instanceof DeliveryFailed || error instanceof AddressRefused;
    log.warn(
      { connectionId, channel, deliveryId: id, isLast, ...(isForeseen ? {} : { err: error }) },
      'alert not delivered',
    );
    const problem = isForeseen ? error.message : 'The message could not be sent.';
    return { channel, result: isLast ? 'failed' : null, problem };
  }
}
