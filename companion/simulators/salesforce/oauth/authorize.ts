import type { Answer } from '../http/send-answer.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { findApprovalTrouble, isPermitted, notAdminApproved } from './app-access.ts';
import { readScopes } from './app.ts';
import { issueCode } from './authorization-codes.ts';
import {
  readAuthorization,
  type AuthorizationError,
  type AuthorizationRequest,
} from './authorization-request.ts';
import { findBrowserUser } from './browser-sessions.ts';
import { renderConsentPage } from './pages/render-consent-page.ts';
import { sendTo, showPage } from './pages/show-page.ts';

export const authorizationPage = '/setup/secur/RemoteAccessAuthorizationPage.apexp';
export const errorPage = '/setup/secur/RemoteAccessErrorPage.apexp';
export const loginPage = '/login';

/** GET /services/oauth2/authorize: asks who it is where that is not known, then whether the app may. */
export function startAuthorization(
  org: SimulatedOrg,
  query: URLSearchParams,
  cookies: string | undefined,
): Answer {
  const outcome = readAuthorization(org, query);
  if (!outcome.ok) return tellError(outcome.error);
  const next = `${authorizationPage}?${new URLSearchParams({ source: pack(query) }).toString()}`;
  const { prompts } = outcome.request;
  const asksWho = prompts.includes('login') || prompts.includes('select_account');
  if (!asksWho && findBrowserUser(org, cookies) !== null) return sendTo(next);
  return sendTo(`${loginPage}?${new URLSearchParams({ startURL: next }).toString()}`);
}

/** GET of the page that asks for consent; where nothing has to be asked, the callback follows at once. */
export function showAuthorization(org: SimulatedOrg, source: string, cookies: string | undefined): Answer {
  return withUser(org, source, cookies, (request, user) => {
    if (isApproved(org, request, user)) return approve(org, request, user);
    return showPage(renderConsentPage(org, { request, user, source, action: authorizationPage }));
  });
}

/** POST of that page: what the user decided. */
export function decideAuthorization(
  org: SimulatedOrg,
  form: URLSearchParams,
  cookies: string | undefined,
): Answer {
  return withUser(org, form.get('source') ?? '', cookies, (request, user) => {
    if (form.get('decision') === 'allow') return approve(org, request, user);
    const error = org.settings.denialError;
    return tellError({ error, description: 'end-user denied authorization', callback: request });
  });
}

/** Goes on with a request that is checked again, as it has been in the browser meanwhile, for the user at it. */
function withUser(
  org: SimulatedOrg,
  source: string,
  cookies: string | undefined,
  goOn: (request: AuthorizationRequest, user: UserName) => Answer,
): Answer {
  const query = new URLSearchParams(Buffer.from(source, 'base64url').toString('utf8'));
  const outcome = readAuthorization(org, query);
  if (!outcome.ok) return tellError(outcome.error);
  const user = findBrowserUser(org, cookies);
  const here = `${authorizationPage}?${new URLSearchParams({ source }).toString()}`;
  if (user === null) return sendTo(`${loginPage}?${new URLSearchParams({ startURL: here }).toString()}`);
  const { request } = outcome;
  const trouble = findApprovalTrouble(org, request.app, user);
  if (trouble !== null) return tellError(trouble);
  if (isPermitted(request.app, user)) return goOn(request, user);
  const { description } = notAdminApproved;
  return tellError({ error: 'OAUTH_APP_ACCESS_DENIED', description, callback: request });
}

function isApproved(org: SimulatedOrg, request: AuthorizationRequest, user: UserName): boolean {
  if (request.app.permittedUsers === 'adminApproved') return true;
  if (request.prompts.includes('consent')) return false;
  return org.sessions.approvals(user, request.app.clientId).some((grant) => covers(grant.scope, request));
}

function covers(approved: string, { scope }: AuthorizationRequest): boolean {
  const known = readScopes(approved);
  return readScopes(scope).every((name) => known.includes(name));
}

function approve(org: SimulatedOrg, request: AuthorizationRequest, user: UserName): Answer {
  const { app, redirectUri, scope, challenge, nonce, state } = request;
  const code = issueCode(org, { user, clientId: app.clientId, redirectUri, scope, challenge, nonce });
  return callBack({ redirectUri, state }, { code });
}

/** An error goes to the callback only where one is known to be the app's own; else it stays on a page. */
function tellError({ error, description, callback }: AuthorizationError): Answer {
  const parameters = { error, error_description: description };
  if (callback !== undefined) return callBack(callback, parameters);
  return sendTo(`${errorPage}?${new URLSearchParams(parameters).toString()}`);
}

function callBack(
  { redirectUri, state }: { redirectUri: string; state: string | null },
  parameters: Record<string, string>,
): Answer {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.append(name, value);
  if (state !== null) address.searchParams.append('state', state);
  return sendTo(address.href);
}

/** The request travels with the browser, so that a restart interrupts nobody. */
function pack(query: URLSearchParams): string {
  return Buffer.from(query.toString()).toString('base64url');
}
