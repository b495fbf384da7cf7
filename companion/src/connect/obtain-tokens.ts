import { loginOriginOf, readSalesforceOrigin } from '../salesforce/allow-origin.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { requestToken, type IssuedTokens, type OAuthOptions } from '../salesforce/request-token.ts';
import { signAssertion } from '../salesforce/sign-assertion.ts';
import type { SalesforceAccess, SalesforceApp } from './connection.ts';

/** Tokens, and where the org signs in: elsewhere than before when it has moved. */
export interface ObtainedTokens extends IssuedTokens {
  origin: string;
}

/** Nothing was sent when these happened, so a refresh token may be shown elsewhere. */
const UNSENT = new Set(['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH']);

/**
 * Signs in again by the flow of the connection. Where the org has left its address, the address that its old one
 * names, the last known one and the login host are asked in turn; whether it is the same org is the caller's to check.
 *
 * @param refreshToken what a user's approval left; other flows need none
 * @throws {SalesforceCallError} what the first of these hosts answered
 */
export async function obtainTokens(
  { origin, app }: SalesforceAccess,
  kept: { refreshToken: string | undefined; instanceOrigin: string | null },
  options: OAuthOptions,
): Promise<ObtainedTokens> {
  const ask = async (where: string): Promise<ObtainedTokens> => {
    const tokens = await requestToken(where, await grantForm(app, kept.refreshToken, where), options);
    return { ...tokens, origin: where };
  };
  try {
    return await ask(origin);
  } catch (error) {
    if (!hasLeft(error)) throw error;
    const candidates = [
      readSalesforceOrigin(originOf(error.details.location), options.simulatorOrigin),
      kept.instanceOrigin,
      // Client credentials are served by the org's own host alone.
      app.flow === 'client-credentials' ? undefined : loginOriginOf(origin),
    ];
    for (const candidate of new Set(candidates)) {
      if (candidate == null || candidate === origin) continue;
      try {
        const tokens = await ask(candidate);
        // A login host is asked again only when the org moves again.
        return candidate === loginOriginOf(origin) ? { ...tokens, origin: tokens.instanceOrigin } : tokens;
      } catch (other) {
        if (!hasLeft(other)) throw other;
      }
    }
    throw error;
  }
}

async function grantForm(
  app: SalesforceApp,
  refreshToken: string | undefined,
  origin: string,
): Promise<Record<string, string>> {
  switch (app.flow) {
    case 'client-credentials':
      return { grant_type: 'client_credentials', client_id: app.clientId, client_secret: app.clientSecret };
    case 'jwt-bearer':
      return {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: await signAssertion(app, origin),
      };
    case 'web-server':
      if (refreshToken === undefined) {
        throw new SalesforceCallError('not-signed-in', 'Nobody has approved the app for this connection');
      }
      return { grant_type: 'refresh_token', refresh_token: refreshToken, ...clientForm(app) };
  }
}

/** How an app says who it is; one without a secret must not send any. */
export function clientForm({
  clientId,
  clientSecret,
}: {
  clientId: string;
  clientSecret: string | undefined;
}): Record<string, string> {
  return {
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  };
}

function hasLeft(error: unknown): error is SalesforceCallError {
  if (!(error instanceof SalesforceCallError)) return false;
  if (error.problem === 'network') return UNSENT.has(error.details.networkCode ?? '');
  return error.problem === 'redirect' || error.problem === 'host-gone';
}

function originOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : '';
}
