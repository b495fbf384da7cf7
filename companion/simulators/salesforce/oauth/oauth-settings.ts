import { z } from 'zod';

/** How sign-in and sessions behave. */
export const oauthSettings = {
  /** A refresh answers a new refresh token and ends the old; using an old one ends the whole family. */
  refreshTokenRotation: z.boolean().default(false),
  /** How long an access token lives. */
  sessionMinutes: z.number().min(0).default(120),
};
