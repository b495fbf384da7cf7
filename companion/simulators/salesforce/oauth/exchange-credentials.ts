import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { requireClient } from './check-client.ts';
import { describeTokens } from './oauth-answers.ts';
import { OAuthRefusal, type OAuthRequest } from './oauth-request.ts';
import { findUsername, requireOwnHost, requireSignIn } from './require-sign-in.ts';

const deadToken = 'expired access/refresh token';

/** A new session for a refresh token, and a new refresh token where they rotate. */
export function exchangeRefreshToken(org: SimulatedOrg, request: OAuthRequest): Promise<Answer> {
  const app = requireClient(org, request, (known) => known.secretRequiredForRefresh);
  requireOwnHost(org, request, deadToken);
  const token = request.form.get('refresh_token') ?? '';
  const state = org.sessions.inspectRefresh(token, app);
  if (state !== null) requireSignIn(org, app, state.grant.user);
  const outcome = org.sessions.refresh(token, app);
  if (!outcome.ok) throw OAuthRefusal.grant(deadToken);
  return describeTokens(org, app, outcome);
}

/** A session of the user that the admin has chosen for the app. Salesforce serves this on My Domain only. */
export function exchangeClientCredentials(org: SimulatedOrg, request: OAuthRequest): Promise<Answer> {
  const isMyDomain = request.host === 'org' || org.settings.clientCredentialsOnLoginHost;
  if (!isMyDomain) throw OAuthRefusal.grant('request not supported on this domain');
  const app = requireClient(org, request, () => true);
  const user = app.clientSecret === null ? null : app.runAsUser;
  if (user === null) throw OAuthRefusal.grant('no client credentials user enabled');
  requireSignIn(org, app, user);
  const scope = apiScopes(app);
  return describeTokens(
    org,
    app,
    org.sessions.grant({ user, clientId: app.clientId, scope, withRefresh: false, approved: false }),
  );
}

/** The username-password flow. Newer orgs have it switched off, and answer as to a wrong password. */
export function exchangePassword(org: SimulatedOrg, request: OAuthRequest): Promise<Answer> {
  const app = requireClient(org, request, () => true);
  requireOwnHost(org, request, 'authentication failure');
  const user = findUsername(org, request.form.get('username') ?? '');
  const isRight = request.form.get('password') === org.settings.userPassword;
  if (user === null || !isRight || !org.settings.passwordFlow) {
    throw OAuthRefusal.grant('authentication failure');
  }
  requireSignIn(org, app, user);
  const scope = apiScopes(app);
  return describeTokens(
    org,
    app,
    org.sessions.grant({ user, clientId: app.clientId, scope, withRefresh: false, approved: false }),
  );
}

/** What an app gets where nobody was asked: its scopes for APIs. */
export function apiScopes(app: App): string {
  return app.scopes.filter((scope) => scope.endsWith('api')).join(' ');
}
