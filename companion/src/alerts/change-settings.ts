import { randomBytes } from 'node:crypto';
import { placeOf } from '../connect/connection-directory.ts';
import type { Sealer } from '../connect/seal.ts';
import type { AlertSettings } from '../store/alert-settings.ts';
import { checkHost, readWebhookUrl, type AddressRules } from './check-address.ts';

/** What an admin may say about alerts. */
export interface AlertSettingsChange {
  webhook: { url: string; on: boolean; newSecret?: boolean | undefined } | null;
  mail: { to: string[]; on: boolean } | null;
  failureThreshold: number | null;
  failureWindowMinutes: number;
}

const SECRET_LENGTH_IN_BYTES = 32;

/**
 * Makes new settings out of what an admin sent. A webhook that has no secret, or is to have another, gets one.
 *
 * @returns the secret too, where it is new
 * @throws {AddressRefused} when alerts may not be sent to the webhook's address
 */
export async function changeAlertSettings(
  before: AlertSettings,
  { webhook, mail, failureThreshold, failureWindowMinutes }: AlertSettingsChange,
  sealer: Sealer,
  rules: AddressRules,
): Promise<{ settings: AlertSettings; secret: string | undefined }> {
  const rest = {
    connectionId: before.connectionId,
    mailTo: mail?.to ?? [],
    mailOn: mail?.on ?? false,
    failureThreshold,
    failureWindowMinutes,
  };
  if (webhook === null) {
    const none = { webhookUrl: null, webhookOn: false, webhookSecret: null, webhookSecretHint: null };
    return { settings: { ...rest, ...none }, secret: undefined };
  }
  const url = readWebhookUrl(webhook.url, rules.allowPrivate);
  await checkHost(url, rules);
  const isNew = webhook.newSecret === true || before.webhookSecret === null;
  const secret = isNew ? `whsec_${randomBytes(SECRET_LENGTH_IN_BYTES).toString('base64')}` : undefined;
  const place = placeOf.alertWebhook(before.connectionId);
  return {
    settings: {
      ...rest,
      webhookUrl: url.href,
      webhookOn: webhook.on,
      webhookSecret: secret === undefined ? before.webhookSecret : sealer.seal(secret, place),
      webhookSecretHint: secret === undefined ? before.webhookSecretHint : `…${secret.slice(-5)}`,
    },
    secret,
  };
}
