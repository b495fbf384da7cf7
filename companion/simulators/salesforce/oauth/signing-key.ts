import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { exportJWK, SignJWT, type JWK } from 'jose';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { App } from './app.ts';

const table = '_signing_key';
const key = 'org';
const ID_TOKEN_SECONDS = 120;

/** The key with which the org signs, made when it is first needed and kept with the records. */
function loadSigningKey(store: RecordStore): { privateKey: KeyObject; keyId: string } {
  const kept = store.get(table, key);
  if (kept !== undefined) {
    return { privateKey: createPrivateKey(String(kept.pem)), keyId: String(kept.keyId) };
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const keyId = createHash('sha256').update(pem).digest('hex').slice(0, 16);
  store.put(table, key, { pem, keyId });
  store.commit();
  return { privateKey, keyId };
}

/** What GET /id/keys answers. */
export async function describeKeys(org: SimulatedOrg): Promise<{ keys: JWK[] }> {
  const { privateKey, keyId } = loadSigningKey(org.store);
  const publicKey = await exportJWK(createPublicKey(privateKey));
  return { keys: [{ kid: keyId, use: 'sig', alg: 'RS256', ...publicKey }] };
}

/** The OpenID Connect token that comes with the scope `openid`. */
export function signIdToken(
  org: SimulatedOrg,
  about: { app: App; accessToken: string; subject: string; nonce: string | null },
): Promise<string> {
  const { privateKey, keyId } = loadSigningKey(org.store);
  const seconds = Math.floor(org.clock.now() / 1000);
  const digest = createHash('sha256').update(about.accessToken).digest();
  const claims = {
    at_hash: digest.subarray(0, digest.length / 2).toString('base64url'),
    ...(about.nonce === null ? {} : { nonce: about.nonce }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
    .setIssuer(org.url)
    .setSubject(about.subject)
    .setAudience(about.app.clientId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ID_TOKEN_SECONDS)
    .sign(privateKey);
}
