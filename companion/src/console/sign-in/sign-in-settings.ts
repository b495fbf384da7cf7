import { z } from 'zod';

/** How people sign in to the console. */
export interface SignInSettings {
  /** Whether one-time links are made and taken. */
  links: boolean;
  /** A session ends when nobody used it for this long … */
  idleInMs: number;
  /** … and at the latest after this. */
  lifetimeInMs: number;
  openIdConnect: OpenIdConnectSettings | undefined;
  /** Reverse proxies in front of the companion, whose word on the caller's address is taken. */
  trustedProxies: number;
  /** Calls of the admin API that one session or API token may make in a minute. */
  callsPerMinute: number;
}

export interface OpenIdConnectSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim that says what a person belongs to. */
  roleClaim: string;
  /** Values of that claim, or verified addresses. */
  admins: readonly string[];
  viewers: readonly string[];
}

const number = (fallback: number, min: number, max: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

/** The settings of this area, as they stand in the environment. */
export const signInEnvironment = {
  CONSOLE_LINKS: z.enum(['on', 'off'], 'must be on or off').optional(),
  SESSION_IDLE_MINUTES: number(30, 1, 24 * 60),
  SESSION_HOURS: number(12, 1, 24 * 7),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, message: 'must be an https address' }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLE_CLAIM: z.string().default('groups'),
  OIDC_ADMINS: list,
  OIDC_VIEWERS: list,
  TRUST_PROXY: number(0, 0, 10),
  API_CALLS_PER_MINUTE: number(1200, 1, 1_000_000),
};

type Environment = z.output<z.ZodObject<typeof signInEnvironment>> & { PUBLIC_URL?: string | undefined };

/** @param problems what is wrong with the settings is added to these */
export function readSignInSettings(set: Environment, problems: string[]): SignInSettings {
  const openIdConnect = readOpenIdConnect(set, problems);
  return {
    links: set.CONSOLE_LINKS === undefined ? openIdConnect === undefined : set.CONSOLE_LINKS === 'on',
    idleInMs: set.SESSION_IDLE_MINUTES * 60_000,
    lifetimeInMs: set.SESSION_HOURS * 3_600_000,
    openIdConnect,
    trustedProxies: set.TRUST_PROXY,
    callsPerMinute: set.API_CALLS_PER_MINUTE,
  };
}

function readOpenIdConnect(set: Environment, problems: string[]): OpenIdConnectSettings | undefined {
  if (set.OIDC_ISSUER === undefined) {
    const alone = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const).filter(
      (name) => set[name] !== undefined,
    );
    if (set.OIDC_ADMINS.length > 0) problems.push('OIDC_ADMINS: needs OIDC_ISSUER too');
    if (set.OIDC_VIEWERS.length > 0) problems.push('OIDC_VIEWERS: needs OIDC_ISSUER too');
    problems.push(...alone.map((name) => `${name}: needs OIDC_ISSUER too`));
    return undefined;
  }
  if (!isSafeIssuer(set.OIDC_ISSUER)) {
    problems.push('OIDC_ISSUER: must be an https address; http is for providers on this machine only');
  }
  for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const) {
    if (set[name] === undefined) problems.push(`${name}: is needed with OIDC_ISSUER`);
  }
  if (set.OIDC_ADMINS.length === 0)
    problems.push('OIDC_ADMINS: is needed with OIDC_ISSUER, or nobody can set anything up');
  return {
    issuer: set.OIDC_ISSUER,
    clientId: set.OIDC_CLIENT_ID ?? '',
    clientSecret: set.OIDC_CLIENT_SECRET ?? '',
    roleClaim: set.OIDC_ROLE_CLAIM,
    admins: set.OIDC_ADMINS,
    viewers: set.OIDC_VIEWERS,
  };
}

/** Tokens and secrets go there, so not over the network in clear. */
export function isSafeIssuer(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
