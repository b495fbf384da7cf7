import { z } from 'zod';
import { readSalesforceOrigin } from './allow-origin.ts';
import { SalesforceCallError } from './call-error.ts';
import { guardedFetch } from './guard-transport.ts';

/** What Salesforce's token endpoint gave. */
export interface IssuedTokens {
  accessToken: string;
  /** Undefined where the flow gives none, or the one that was used stays good. */
  refreshToken: string | undefined;
  /** The origin that every call of this session goes to; it passed the gate. */
  instanceOrigin: string;
  /** 18 characters. */
  organizationId: string;
  /** 18 characters. */
  userId: string;
}

export interface OAuthOptions {
  timeoutInMs: number;
  simulatorOrigin?: string | undefined;
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  instance_url: z.string(),
  id: z.string(),
});
const refusalSchema = z.object({ error: z.string(), error_description: z.string().default('') });

/**
 * Asks for tokens with one of OAuth's grants.
 *
 * @throws {SalesforceCallError} `sign-in-refused` with Salesforce's words in its details, `host-gone` where no org
 *   answers, or a transport problem
 */
export async function requestToken(
  origin: string,
  form: Record<string, string>,
  options: OAuthOptions,
): Promise<IssuedTokens> {
  const answer = await postForm(origin, 'token', form, options);
  const json = parseJson(answer.body);
  const refusal = refusalSchema.safeParse(json);
  // A server in trouble may answer in the same form; only 4xx is a decision.
  if (refusal.success && answer.statusCode < 500) {
    const { error, error_description: description } = refusal.data;
    throw new SalesforceCallError('sign-in-refused', `${error}: ${description}`, {
      refusal: { error, description },
      status: answer.statusCode,
    });
  }
  if (answer.statusCode === 404) {
    throw new SalesforceCallError('host-gone', `No org answers at ${new URL(origin).host}`, { status: 404 });
  }
  const token = tokenSchema.safeParse(json);
  if (answer.statusCode !== 200 || !token.success) {
    throw new SalesforceCallError(
      'unusable-answer',
      `The token endpoint answered ${answer.statusCode} without a token`,
      { status: answer.statusCode },
    );
  }
  return {
    accessToken: token.data.access_token,
    refreshToken: token.data.refresh_token,
    instanceOrigin: allowedOrigin('instance_url', token.data.instance_url, options),
    ...readIdentityUrl(token.data.id, options),
  };
}

/** Ends a token at Salesforce; with a refresh token all that came from it. @returns whether Salesforce did it */
export async function revokeToken(origin: string, token: string, options: OAuthOptions): Promise<boolean> {
  try {
    return (await postForm(origin, 'revoke', { token }, options)).statusCode === 200;
  } catch (error) {
    if (error instanceof SalesforceCallError) return false;
    throw error;
  }
}

function postForm(
  origin: string,
  endpoint: string,
  form: Record<string, string>,
  { timeoutInMs, simulatorOrigin }: OAuthOptions,
) {
  if (readSalesforceOrigin(origin, simulatorOrigin) !== origin) {
    throw new SalesforceCallError('forbidden-host', `Refused to call ${origin}: it is no Salesforce host`);
  }
  return guardedFetch(
    `${origin}/services/oauth2/${endpoint}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
    },
    { origin, timeoutInMs },
  );
}

function allowedOrigin(what: string, address: string, { simulatorOrigin }: OAuthOptions): string {
  const origin = readSalesforceOrigin(address, simulatorOrigin);
  if (origin === undefined) {
    throw new SalesforceCallError(
      'forbidden-host',
      `The token names an ${what} that is not a Salesforce host`,
    );
  }
  return origin;
}

/** The identity URL ends in `/id/<organization id>/<user id>`. */
function readIdentityUrl(address: string, options: OAuthOptions): { organizationId: string; userId: string } {
  const [, origin = '', organizationId, userId] =
    /^(https?:\/\/[^/?#\\@]+)\/id\/(00D\w{15})\/(005\w{15})$/.exec(address) ?? [];
  if (organizationId === undefined || userId === undefined) {
    throw new SalesforceCallError('unusable-answer', 'The token names no organization');
  }
  allowedOrigin('id', origin, options);
  return { organizationId, userId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
