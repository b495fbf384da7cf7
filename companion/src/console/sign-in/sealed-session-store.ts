import { createHash } from 'node:crypto';
import connectPgSimple from 'connect-pg-simple';
import session, { type SessionData } from 'express-session';
import type { Request } from 'express';
import type pg from 'pg';
import type { Sealer } from '../../connect/seal.ts';
import { endOf } from './signed-in.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** Pages that fetch by themselves say so with this header; such a request does not keep a session alive. */
export const BACKGROUND_HEADER = 'x-background';

const PgStore = connectPgSimple(session);

type Done = (error?: unknown) => void;

/** The digest under which a session is known to the database and to whatever is bound to the session. */
export function digestSession(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

/**
 * Sessions in the companion's database, for all its processes. Whoever reads the table cannot take a session
 * over, since it has digests of the ids only; whoever writes to it cannot make themselves admin, since each
 * session is sealed, and sealed for its own id.
 */
export class SealedSessionStore extends PgStore {
  readonly #sealer: Sealer;
  readonly #settings: SignInSettings;
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool, sealer: Sealer, settings: SignInSettings) {
    super({ pool, tableName: 'console_session', pruneSessionInterval: false });
    this.#pool = pool;
    this.#sealer = sealer;
    this.#settings = settings;
  }

  override get(id: string, done: (error: unknown, data?: SessionData | null) => void): void {
    const sid = digestSession(id).toString('hex');
    super.get(sid, (error: unknown, row) => {
      if (error || !row) return done(error, null);
      try {
        const { sealed } = row as unknown as { sealed: string };
        done(null, JSON.parse(this.#sealer.open(sealed, `session/${sid}`)) as SessionData);
      } catch {
        // Tampered with, or its key is gone: as good as none.
        done(null, null);
      }
    });
  }

  override set(id: string, data: SessionData, done?: Done): void {
    const sid = digestSession(id).toString('hex');
    const sealed = this.#sealer.seal(JSON.stringify(data), `session/${sid}`);
    const row = { cookie: { expires: this.#expiry(data) }, sealed };
    super.set(sid, row as unknown as SessionData, done);
  }

  override destroy(id: string, done?: Done): void {
    super.destroy(digestSession(id).toString('hex'), done);
  }

  /**
   * Postpones the end of a session that is used, at most some twenty times in its idle time. One that ended while
   * its request was answered stays over.
   */
  override touch(id: string, data: SessionData, done?: Done): void {
    const { req } = data as { req?: Request };
    if (req?.get(BACKGROUND_HEADER) !== undefined) return done?.();
    const step = this.#settings.idleInMs / 20_000;
    this.#pool
      .query(
        `update console_session set expire = $1::timestamptz
         where sid = $2 and expire < $1::timestamptz - make_interval(secs => $3) and expire > $4`,
        [this.#expiry(data), digestSession(id).toString('hex'), step, new Date()],
      )
      .then(
        () => done?.(),
        (error: unknown) => done?.(error),
      );
  }

  #expiry({ signedIn }: SessionData): Date {
    const idle = Date.now() + this.#settings.idleInMs;
    return new Date(signedIn === undefined ? idle : Math.min(idle, endOf(signedIn, this.#settings)));
  }
}
