import { escapeHtml } from '../../http/escape-html.ts';
import { nameOf, readPerson } from '../../org/read-person.ts';
import type { UserName } from '../../org/sample-users.ts';
import type { SimulatedOrg } from '../../org/simulated-org.ts';
import { readScopes } from '../app.ts';
import type { AuthorizationRequest } from '../authorization-request.ts';
import { renderPage } from './render-page.ts';

/** What a scope means to the user who grants it. */
const meanings = new Map([
  ['api', 'Read and change your data through APIs'],
  ['web', 'Open Salesforce in a browser as you'],
  ['full', 'Do everything that you can do'],
  ['id', 'See who you are'],
  ['openid', 'Use your identity to sign you in'],
  ['profile', 'See your profile'],
  ['email', 'See your email address'],
  ['address', 'See your address'],
  ['phone', 'See your phone number'],
  ['refresh_token', 'Do so at any time, also when you are away'],
  ['offline_access', 'Do so at any time, also when you are away'],
]);

/** Where the user allows or denies what the app asks for. */
export function renderConsentPage(
  org: SimulatedOrg,
  about: { request: AuthorizationRequest; user: UserName; source: string; action: string },
): string {
  const { request, source, action } = about;
  const user = readPerson(org, about.user);
  const meaning = readScopes(request.scope).map((scope) => meanings.get(scope) ?? `Use the scope ${scope}`);
  const items = [...new Set(meaning)].map((text) => `<li>${escapeHtml(text)}</li>`);
  const body = `<p><strong>${escapeHtml(request.app.name)}</strong> asks for permission to:</p>
<ul>
${items.join('\n')}
</ul>
<p>You are logged in as ${escapeHtml(nameOf(user))}<small>${escapeHtml(user.username)}</small></p>
<form method="post" action="${action}">
<input type="hidden" name="source" value="${escapeHtml(source)}">
<div class="buttons">
<button class="plain" type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="allow">Allow</button>
</div>
</form>`;
  return renderPage({ title: 'Allow Access?', body });
}
