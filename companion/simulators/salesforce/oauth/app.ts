import { z } from 'zod';
import { userNames } from '../org/sample-users.ts';

/** What an app may be granted: the scopes that a real org's discovery document lists, in its order. */
export const knownScopes = [
  'cdp_ingest_api',
  'custom_permissions',
  'cdp_segment_api',
  'content',
  'cdp_api',
  'chatbot_api',
  'cdp_identityresolution_api',
  'interaction_api',
  'wave_api',
  'web',
  'cdp_calculated_insight_api',
  'einstein_gpt_api',
  'offline_access',
  'id',
  'api',
  'data_cloud_user_claims',
  'eclair_api',
  'email',
  'pardot_api',
  'lightning',
  'visualforce',
  'cdp_query_api',
  'sfap_api',
  'address',
  'openid',
  'profile',
  'scrt_api',
  'cdp_profile_api',
  'refresh_token',
  'phone',
  'user_registration_api',
  'pwdless_login_api',
  'chatter_api',
  'mcp_api',
  'full',
  'forgot_password',
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
