import { z } from 'zod';
import { readSalesforceOrigin } from './allow-origin.ts';
import { SalesforceCallError } from './call-error.ts';
import { guardedFetch } from './guard-transport.ts';

export interface Credentials {
  /** The org's My Domain origin: client credentials are not accepted at login.salesforce.com. */
  origin: string;
  clientId: string;
  clientSecret: string;
}

export interface Session {
  accessToken: string;
  /** The origin that every call of this session goes to. */
  instanceOrigin: string;
  /** 18 characters. */
  organizationId: string;
}

const tokenSchema = z.object({ access_token: z.string(), instance_url: z.string(), id: z.string() });
const refusalSchema = z.object({ error: z.string(), error_description: z.string().default('') });

/**
 * Signs in as the integration user with the OAuth 2.0 client credentials flow.
 *
 * @throws {SalesforceCallError} `sign-in-refused` with Salesforce's reason, or a transport problem
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function signIn(
  { origin, clientId, clientSecret }: Credentials,
  options: { timeoutInMs: number; simulatorOrigin?: string | undefined },
): Promise<Session> {
  const answer = await guardedFetch(
    `${origin}/services/oauth2/token`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
    },
    { origin, timeoutInMs: options.timeoutInMs },
  );
  const json = parseJson(answer.body);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) {
    const { error, error_description: description } = refusal.data;
    throw new SalesforceCallError('sign-in-refused', `${error}: ${description}`);
  }
  const token = tokenSchema.safeParse(json);
  if (answer.statusCode !== 200 || !token.success) {
    throw new SalesforceCallError(
      'unusable-answer',
      `The token endpoint answered ${answer.statusCode} without a token`,
    );
  }
  return {
    accessToken: token.data.access_token,
    instanceOrigin: allowedOrigin(token.data.instance_url, options.simulatorOrigin),
    organizationId: organizationOf(token.data.id),
  };
}

function allowedOrigin(instanceUrl: string, simulatorOrigin: string | undefined): string {
  const origin = readSalesforceOrigin(instanceUrl, simulatorOrigin);
  if (origin === undefined) {
    throw new SalesforceCallError(
      'forbidden-host',
      'The token names an instance_url that is not a Salesforce host',
    );
  }
  return origin;
}

/** The identity URL ends in `/id/<organization id>/<user id>`. */
function organizationOf(identityUrl: string): string {
  const organizationId = identityUrl.split('/').at(-2) ?? '';
  if (!/^00D\w{15}$/.test(organizationId)) {
    throw new SalesforceCallError('unusable-answer', 'The token names no organization');
  }
  return organizationId;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
