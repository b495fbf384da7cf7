import { z } from 'zod';
import { guardedFetch } from './guard-transport.ts';
import type { IssuedTokens, OAuthOptions } from './request-token.ts';

const identitySchema = z.object({ username: z.string() });

/** The username behind tokens, for people to recognize; null where Salesforce does not say. Costs no API call. */
export async function readUsername(
  { accessToken, instanceOrigin, organizationId, userId }: IssuedTokens,
  { timeoutInMs }: OAuthOptions,
): Promise<string | null> {
  try {
    const { statusCode, body } = await guardedFetch(
      `${instanceOrigin}/id/${organizationId}/${userId}?version=latest`,
      { method: 'GET', headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } },
      { origin: instanceOrigin, timeoutInMs },
    );
    return statusCode === 200 ? identitySchema.parse(JSON.parse(body)).username : null;
  } catch {
    return null;
  }
}
