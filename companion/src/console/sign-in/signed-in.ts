import type { Role } from '../api/route.ts';
import type { OpenIdConnectSettings, SignInSettings } from './sign-in-settings.ts';

/** Who signed in, as the session keeps it. */
export type SignedIn = { at: number } & ({ way: 'link' } | { way: 'openid-connect'; identity: Identity });

/** What a provider vouched for. */
export interface Identity {
  /** As the audit log names them: the verified address, or else the provider's id of the person. */
  name: string;
  /** The entries of our own lists that fit this person. */
  grants: string[];
}

/** An attempt to sign in at the provider, bound to the browser that began it. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  startedAt: number;
}

declare module 'express-session' {
  interface SessionData {
    signedIn?: SignedIn;
    attempt?: SignInAttempt;
  }
}

/** When a session of somebody who signed in then ends, whatever they do. */
export function endOf({ at }: Pick<SignedIn, 'at'>, { lifetimeInMs }: SignInSettings): number {
  return at + lifetimeInMs;
}

/**
 * Who a session belongs to. The settings are asked again for each request: whoever was taken from the lists is
 * out when the companion starts again, not when their session ends.
 */
export function readSignedIn(
  signedIn: SignedIn | undefined,
  settings: SignInSettings,
  now: number,
): { name: string; role: Role } | undefined {
  if (signedIn === undefined || now >= endOf(signedIn, settings)) return undefined;
  if (signedIn.way === 'link') return settings.links ? { name: 'one-time link', role: 'admin' } : undefined;
  if (settings.openIdConnect === undefined) return undefined;
  const { name, grants } = signedIn.identity;
  const role = roleOf(grants, settings.openIdConnect);
  return role && { name, role };
}

/** The strongest role that entries of the lists give; none for those who are on neither list. */
export function roleOf(
  grants: readonly string[],
  { admins, viewers }: Pick<OpenIdConnectSettings, 'admins' | 'viewers'>,
): Role | undefined {
  if (admins.some((entry) => grants.includes(entry))) return 'admin';
  return viewers.some((entry) => grants.includes(entry)) ? 'viewer' : undefined;
}

/**
 * The entries of the lists that fit what a provider says of a person. An entry with an @ is an address: it fits
 * only an address that the provider has verified, never a group that somebody named like one.
 */
export function matchGrants(
  claims: Record<string, unknown>,
  { roleClaim, admins, viewers }: Pick<OpenIdConnectSettings, 'roleClaim' | 'admins' | 'viewers'>,
): string[] {
  const email = verifiedEmail(claims);
  const claimed = claims[roleClaim];
  const values = new Set<unknown>(Array.isArray(claimed) ? claimed : [claimed]);
  return [...new Set([...admins, ...viewers])].filter((entry) =>
    entry.includes('@') ? entry.toLowerCase() === email : values.has(entry),
  );
}

/** In small letters. Nobody may enter with an address that is only said to be theirs. */
export function verifiedEmail(claims: Record<string, unknown>): string | undefined {
  return typeof claims.email === 'string' && claims.email_verified === true
    ? claims.email.toLowerCase()
    : undefined;
}
