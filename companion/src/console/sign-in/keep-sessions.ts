import type { RequestHandler } from 'express';
import session from 'express-session';
import type pg from 'pg';
import type { Sealer } from '../../connect/seal.ts';
import { SealedSessionStore } from './sealed-session-store.ts';
import type { SignInSettings } from './sign-in-settings.ts';

export interface KeepSessionsOptions {
  pool: pg.Pool;
  sealer: Sealer;
  signIn: SignInSettings;
  /** Where browsers reach the companion. */
  publicUrl: string | undefined;
}

/** Gives each request its browser session, kept in the database; one is made only by signing in. */
export function keepSessions({ pool, sealer, signIn, publicUrl }: KeepSessionsOptions): RequestHandler[] {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  return [
    (req, _res, next) => {
      // Browsers come by https, whatever the proxy that ends it tells us; without this no cookie would be set.
      if (isSecure) Object.defineProperty(req, 'secure', { value: true });
      next();
    },
    session({
      name: isSecure ? '__Host-upflow-companion' : 'upflow-companion',
      secret: sealer.derive('session cookies'),
      store: new SealedSessionStore(pool, sealer, signIn),
      resave: false,
      saveUninitialized: false,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure },
    }),
  ];
}
