import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { loginOriginOf } from './allow-origin.ts';

/** Salesforce wants an assertion to end within five minutes; clocks may differ a little. */
const VALIDITY_IN_SECONDS = 180;

/** @throws {Error} that says what is wrong, never what the key is */
export function readPrivateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new Error('must be a private key in PEM form, without a passphrase');
  }
  if (key.asymmetricKeyType !== 'rsa') throw new Error('must be an RSA key');
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < 2048) throw new Error('must be an RSA key of at least 2048 bits');
  return key;
}

/**
 * The assertion of the JWT bearer flow. Its audience is the login host that is the org's, which a My Domain host
 * accepts as well; `exp` is in seconds.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
 */
export function signAssertion(
  { clientId, username, privateKey }: { clientId: string; username: string; privateKey: string },
  origin: string,
  now = Date.now(),
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(username)
    .setAudience(loginOriginOf(origin) ?? origin)
    .setJti(randomUUID())
    .setExpirationTime(issuedAt + VALIDITY_IN_SECONDS)
    .sign(readPrivateKey(privateKey));
}
