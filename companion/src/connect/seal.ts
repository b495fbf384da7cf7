import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_LENGTH_IN_BYTES = 32;
const NONCE_LENGTH_IN_BYTES = 12;
const TAG_LENGTH_IN_BYTES = 16;

/** A named key; the name stands before everything sealed with it, so that keys can be rotated. */
export interface SealingKey {
  name: string;
  key: Buffer;
}

/** Encrypts what must not be in the database in clear. */
export interface Sealer {
  /** @param place what the text is and whose, such as `acme/push-secret`; it opens nowhere else */
  seal(text: string, place: string): string;
  /** @throws {SealBroken} when no key fits, or the text was sealed for another place */
  open(sealed: string, place: string): string;
  /** Secrets for another purpose, made from the keys: the same in each process, the current one first. */
  derive(purpose: string): string[];
}

/** Something sealed cannot be opened; says for what, never what. */
export class SealBroken extends Error {
  constructor(place: string) {
    super(
      `What is kept for ${place} cannot be decrypted. Give ENCRYPTION_KEYS the key that it was encrypted with.`,
    );
    this.name = 'SealBroken';
  }
}

/**
 * Reads a key list: `name:base64` entries separated by commas, the one to encrypt with first.
 *
 * @throws {Error} that names the entry that is wrong, never its key
 */
export function readSealingKeys(list: string): SealingKey[] {
  return list.split(',').map((entry, index) => {
    const [, name, base64] = /^\s*([a-z0-9-]{1,32}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(entry) ?? [];
    const key = Buffer.from(base64 ?? '', 'base64');
    if (name === undefined || key.length !== KEY_LENGTH_IN_BYTES) {
      throw new Error(
        `entry ${index + 1} must be a name, a colon and ${KEY_LENGTH_IN_BYTES} bytes in base64`,
      );
    }
    return { name, key };
  });
}

/** A new key under a name, in the form that {@link readSealingKeys} reads. */
export function newSealingKey(name: string): string {
  return `${name}:${randomBytes(KEY_LENGTH_IN_BYTES).toString('base64')}`;
}

/** AES-256-GCM with a key list: the first key encrypts, each of them decrypts. */
export function createSealer(keys: readonly [SealingKey, ...SealingKey[]]): Sealer {
  const [current] = keys;
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_LENGTH_IN_BYTES);
      const cipher = createCipheriv(ALGORITHM, current.key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${current.name}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open(sealed, place) {
      const [name, base64 = ''] = sealed.split(':');
      const key = keys.find((candidate) => candidate.name === name)?.key;
      const bytes = Buffer.from(base64, 'base64');
      try {
        if (key === undefined) throw new SealBroken(place);
        const tagStart = NONCE_LENGTH_IN_BYTES;
        const bodyStart = tagStart + TAG_LENGTH_IN_BYTES;
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, tagStart), {
          authTagLength: TAG_LENGTH_IN_BYTES,
        })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(tagStart, bodyStart));
        return Buffer.concat([decipher.update(bytes.subarray(bodyStart)), decipher.final()]).toString('utf8');
      } catch {
        throw new SealBroken(place);
      }
    },
    derive: (purpose) =>
      keys.map(({ key }) =>
        Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_LENGTH_IN_BYTES)).toString('base64url'),
      ),
  };
}
