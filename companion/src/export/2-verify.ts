import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Seconds by which a push's timestamp may differ from this machine's clock, either way. */
export const TOLERANCE_IN_SECONDS = 5 * 60;

const SECRET_PREFIX = 'whsec_';
const UNIX_SECONDS = /^\d{1,12}$/;

export type HeaderName = 'webhook-id' | 'webhook-timestamp' | 'webhook-signature';

/** Why a push is not believed. `detail` is safe to answer and to log. */
export interface VerificationFailure {
  verified: false;
  problem: 'missing-header' | 'bad-header' | 'old-timestamp' | 'early-timestamp' | 'wrong-signature';
  detail: string;
}

export type Verification = { verified: true; pushId: string } | VerificationFailure;

/**
 * Turns a secret as people handle it (`whsec_` and base64) into the key it stands for.
 *
 * @throws {Error} when it is not such a secret, or its key is not of 24 to 64 bytes
 */
export function readSecret(secret: string): KeyObject {
  const base64 = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(base64, 'base64');
  if (
    key.length < 24 ||
    key.length > 64 ||
    key.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')
  ) {
    throw new Error(`must be "${SECRET_PREFIX}" followed by 24 to 64 bytes in base64`);
  }
  return createSecretKey(key);
}

/** Whether a text can be a push's id at all. */
export function isPushId(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text);
}

/**
 * Decides whether a push comes from Upflow, by the Standard Webhooks scheme: an HMAC-SHA256 over id,
 * timestamp and the bytes as received, compared in constant time. Several keys may be live at once, so
 * that a secret can be rotated without losing a push.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifyPush(
  header: (name: HeaderName) => string | undefined,
  body: Uint8Array,
  keys: readonly KeyObject[],
  now: Date,
): Verification {
  const pushId = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  const signatures = header('webhook-signature');
  if (pushId === undefined) return missing('webhook-id');
  if (timestamp === undefined) return missing('webhook-timestamp');
  if (signatures === undefined) return missing('webhook-signature');
  if (!isPushId(pushId)) return bad('webhook-id must be 1 to 255 visible ASCII characters.');
  if (!UNIX_SECONDS.test(timestamp))
    return bad('webhook-timestamp must be a whole number of seconds since 1970.');

  const age = now.getTime() / 1000 - Number(timestamp);
  if (age > TOLERANCE_IN_SECONDS) return outOfTime('old-timestamp', age);
  if (age < -TOLERANCE_IN_SECONDS) return outOfTime('early-timestamp', age);

  const offered = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  for (const key of keys) {
    const expected = createHmac('sha256', key).update(`${pushId}.${timestamp}.`).update(body).digest();
    for (const signature of offered) {
      if (signature.length === expected.length && timingSafeEqual(signature, expected)) {
        return { verified: true, pushId };
      }
    }
  }
  return failure(
    'wrong-signature',
    'No v1 signature in webhook-signature matches a live secret of this connection. ' +
      'Sign the exact bytes of the body with the push secret of this connection.',
  );
}

function missing(name: HeaderName): VerificationFailure {
  return failure(
    'missing-header',
    `The header ${name} is missing: a push carries a Standard Webhooks signature.`,
  );
}

function bad(detail: string): VerificationFailure {
  return failure('bad-header', detail);
}

function outOfTime(problem: 'old-timestamp' | 'early-timestamp', age: number): VerificationFailure {
  const side = age > 0 ? 'before' : 'after';
  return failure(
    problem,
    `webhook-timestamp is ${Math.abs(Math.round(age))} seconds ${side} the time here; ` +
      `${TOLERANCE_IN_SECONDS} are allowed. Sign each attempt anew, and check both clocks.`,
  );
}

function failure(problem: VerificationFailure['problem'], detail: string): VerificationFailure {
  return { verified: false, problem, detail };
}
