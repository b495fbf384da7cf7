import { z } from 'zod';
import { minutes } from '../org/durations.ts';

/** How sign-in and sessions behave. */
export const oauthSettings = {
  /** For every app: a refresh answers a new refresh token and ends the old; using an old one ends the whole family. */
  refreshTokenRotation: z.boolean().default(false),
  /** How long an access token lives; a use in the second half of that time starts it anew. */
  sessionMinutes: minutes.default(120),
  /** Approvals with a refresh token that one user can have of one app; one more ends the oldest. */
  approvalsPerUserAndApp: z.number().int().min(1).default(5),
  /** How long an authorization code can be exchanged. */
  codeMinutes: minutes.default(15),
  /** Whether exchanging a code twice also ends what the first exchange gave. */
  codeReuseRevokes: z.boolean().default(true),
  /** What the callback is told when the user denies; the help pages print both forms. */
  denialError: z.enum(['access_denied', 'access-denied']).default('access_denied'),
  /** Where a missing code challenge is told: to the callback, or only to the user. */
  missingChallengeError: z.enum(['callback', 'page']).default('callback'),
  /** Whether client credentials work on login.salesforce.com and test.salesforce.com too. */
  clientCredentialsOnLoginHost: z.boolean().default(false),
  /** The username-password flow, which newer orgs have switched off. */
  passwordFlow: z.boolean().default(false),
  /** Every user's password in that flow. */
  userPassword: z.string().default('simulator'),
  /** How a JWT for another audience is refused; both wordings are published. */
  audienceError: z.enum(['audience is invalid', 'Audience validation failed']).default('audience is invalid'),
  /** The org's name on My Domain: `<name>.my.salesforce.com`. */
  myDomain: z
    .string()
    .regex(/^[a-z\d]+(-[a-z\d]+)*$/)
    .default('larkfield-systems'),
  /** The org is locked: its data is refused, and nobody gets a token. */
  orgLocked: z.boolean().default(false),
  /** False where the org's edition has no API. */
  apiEnabled: z.boolean().default(true),
  /** Tokens are asked for from an address that the app does not allow. */
  ipRestricted: z.boolean().default(false),
};
