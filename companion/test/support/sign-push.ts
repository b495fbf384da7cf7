import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** A new push secret, `whsec_…`. */
export function newPushSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The headers of a push, as a sender would sign it now. */
export function signPush(
  body: string,
  secret: string,
  { id = 'push_1', at = new Date() } = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}
