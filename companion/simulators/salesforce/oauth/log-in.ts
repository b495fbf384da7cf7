import type { Answer } from '../http/send-answer.ts';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { authorizationPage } from './authorize.ts';
import { openBrowserSession } from './browser-sessions.ts';
import { servesSignIn, type Host } from './hosts.ts';
import { renderLoginPage } from './pages/render-login-page.ts';
import { sendTo, showPage } from './pages/show-page.ts';
import { findUsername } from './require-sign-in.ts';
import { maySignIn, readStanding } from './user-standing.ts';

const afterLogin = '/';

/** GET of the login page. */
export function showLogin(org: SimulatedOrg, query: URLSearchParams): Answer {
  return showPage(renderLoginPage(org, { startUrl: query.get('startURL') ?? afterLogin, trouble: null }));
}

/** POST of the login page: lets in whoever is chosen, or named by username, unless that user cannot log in. */
export function logIn(org: SimulatedOrg, form: URLSearchParams, host: Host): Answer {
  const startUrl = form.get('startURL') ?? afterLogin;
  const user = readUser(org, form);
  const trouble = findLoginTrouble(org, user, host);
  if (user === null || trouble !== null) {
    return showPage(renderLoginPage(org, { startUrl, trouble: trouble ?? unknownUser }));
  }
  const answer = sendTo(isOwnPage(startUrl) ? startUrl : afterLogin);
  return { ...answer, headers: { ...answer.headers, 'Set-Cookie': openBrowserSession(org, user) } };
}

const unknownUser =
  'No such user can log in here. Check the username, or ask your administrator whether the user is active.';

function readUser(org: SimulatedOrg, form: URLSearchParams): UserName | null {
  const given = form.get('username') ?? '';
  return userNames.find((name) => name === given) ?? findUsername(org, given);
}

function findLoginTrouble(org: SimulatedOrg, user: UserName | null, host: Host): string | null {
  if (user === null || !servesSignIn(org, host) || !maySignIn(org, user)) return unknownUser;
  if (org.settings.orgLocked) return 'Your organization is locked. Contact Salesforce.';
  if (!readStanding(org, user).apiOnly) return null;
  return 'This user can use the API only, and so cannot log in on a page. Log in as somebody else.';
}

/** Only on to the page that asks for consent: a login that leads anywhere else would help an attacker. */
function isOwnPage(startUrl: string): boolean {
  return startUrl.startsWith(`${authorizationPage}?`);
}
