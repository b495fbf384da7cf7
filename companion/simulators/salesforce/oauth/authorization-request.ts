import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readScopes, type App } from './app.ts';
import type { OAuthError } from './app-access.ts';

/** What an app asks a user for, once it is known to be a request that can be granted. */
export interface AuthorizationRequest {
  app: App;
  redirectUri: string;
  state: string | null;
  scope: string;
  challenge: string | null;
  nonce: string | null;
  prompts: readonly string[];
}

/** A request that cannot be granted: told to the app's callback, or, without a `callback`, to nobody but the user. */
export interface AuthorizationError extends OAuthError {
  callback?: { redirectUri: string; state: string | null };
}

export type AuthorizationOutcome =
  { ok: true; request: AuthorizationRequest } | { ok: false; error: AuthorizationError };

/** Reads the parameters of the authorize endpoint. */
export function readAuthorization(org: SimulatedOrg, query: URLSearchParams): AuthorizationOutcome {
  const app = org.apps.find(query.get('client_id'));
  if (app === null) return refused({ error: 'invalid_client_id', description: 'client identifier invalid' });
  const redirectUri = query.get('redirect_uri') ?? (app.redirectUris.length === 1 ? app.redirectUris[0] : '');
  if (redirectUri === undefined || !isRegistered(app, redirectUri)) {
    const description = 'redirect_uri must match configuration';
    return refused({ error: 'redirect_uri_mismatch', description });
  }
  const scope = query.get('scope') ?? '';
  const challenge = query.get('code_challenge');
  const request: AuthorizationRequest = {
    app,
    redirectUri,
    state: query.get('state'),
    scope: (scope.trim() === '' ? app.scopes : readScopes(scope)).join(' '),
    challenge: challenge === '' ? null : challenge,
    nonce: query.get('nonce'),
    prompts: readScopes(query.get('prompt') ?? ''),
  };
  const trouble = findTrouble(org, query, request);
  if (trouble === null) return { ok: true, request };
  const { onPage, ...error } = trouble;
  return refused(onPage ? error : { ...error, callback: request });
}

function refused(error: AuthorizationError): AuthorizationOutcome {
  return { ok: false, error };
}

function findTrouble(
  org: SimulatedOrg,
  query: URLSearchParams,
  { app, scope, challenge }: AuthorizationRequest,
): (OAuthError & { onPage: boolean }) | null {
  if (query.get('response_type') !== 'code') {
    const description = 'response type not supported';
    return { error: 'unsupported_response_type', description, onPage: false };
  }
  if (challenge === null && app.pkceRequired) {
    const onPage = org.settings.missingChallengeError === 'page';
    return { error: 'invalid_request', description: 'missing required code challenge', onPage };
  }
  // Clients that send a challenge without its method mean SHA-256, and so does Salesforce.
  if ((query.get('code_challenge_method') ?? 'S256') !== 'S256') {
    return { error: 'invalid_request', description: 'code challenge method not supported', onPage: false };
  }
  if (readScopes(scope).every((name) => isGrantable(app, name))) return null;
  return { error: 'invalid_scope', description: 'the requested scope is not allowed', onPage: false };
}

/** The two names of the refresh token's scope are one, and `full` stands for all but the refresh token. */
function isGrantable(app: App, scope: string): boolean {
  const scopes: readonly string[] = app.scopes;
  const isRefresh = scope === 'refresh_token' || scope === 'offline_access';
  if (isRefresh) return scopes.includes('refresh_token') || scopes.includes('offline_access');
  return scopes.includes(scope) || scopes.includes('full');
}

/** Callbacks are compared as texts, not as addresses. */
function isRegistered(app: App, redirectUri: string): boolean {
  if (app.redirectUris.includes(redirectUri)) return true;
  if (!app.anyLoopbackRedirect || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
