import { z } from 'zod';
import { userNames } from '../org/sample-users.ts';

/** What an app may be granted. */
export const knownScopes = [
  'api',
  'web',
  'full',
  'id',
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'refresh_token',
  'offline_access',
  'chatter_api',
  'custom_permissions',
  'lightning',
  'content',
  'visualforce',
  'sfap_api',
] as const;

/** An External Client App or a connected app, with the policies that the org's admin has set for it. */
export const appShape = z.strictObject({
  clientId: z.string().min(1),
  /** Null makes it a public client, which keeps no secret. */
  clientSecret: z.string().min(1).nullable().default(null),
  name: z.string().min(1).default('App'),
  kind: z.enum(['external', 'connected']).default('external'),
  redirectUris: z.array(z.url()).default([]),
  /** Accepts every http address of this machine as a callback, which no real app does. */
  anyLoopbackRedirect: z.boolean().default(false),
  pkceRequired: z.boolean().default(false),
  secretRequiredForRefresh: z.boolean().default(false),
  scopes: z.array(z.enum(knownScopes)).default(['api', 'refresh_token']),
  refreshTokenPolicy: z.enum(['untilRevoked', 'idle', 'fixed', 'immediatelyExpire']).default('untilRevoked'),
  /** For `idle` since the last use, for `fixed` since the approval. */
  refreshTokenDays: z.number().min(0).default(30),
  refreshTokenRotation: z.boolean().default(false),
  installed: z.boolean().default(true),
  blocked: z.boolean().default(false),
  /** Whether each user decides alone, or only those listed may use the app, without being asked. */
  permittedUsers: z.enum(['selfAuthorize', 'adminApproved']).default('selfAuthorize'),
  approvedUsers: z.array(z.enum(userNames)).default([]),
  /** Whom the client-credentials flow runs as; null where the admin has chosen nobody. */
  runAsUser: z.enum(userNames).nullable().default(null),
  /** The certificate, or public key, of the JWT bearer flow as PEM. */
  publicKey: z.string().nullable().default(null),
});

export type App = z.infer<typeof appShape>;

/** Scopes as a list, `offline_access` being the other name of `refresh_token`. */
export function readScopes(text: string): string[] {
  return [...new Set(text.split(/[\s+]+/).filter((scope) => scope !== ''))];
}

/** Whether a refresh token comes with these scopes. */
export function asksForRefresh(scope: string): boolean {
  return readScopes(scope).some((name) => name === 'refresh_token' || name === 'offline_access');
}
