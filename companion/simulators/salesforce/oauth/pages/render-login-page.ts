import { escapeHtml } from '../../http/escape-html.ts';
import { nameOf, readPerson } from '../../org/read-person.ts';
import { userNames } from '../../org/sample-users.ts';
import type { SimulatedOrg } from '../../org/simulated-org.ts';
import { maySignIn } from '../user-standing.ts';
import { renderPage } from './render-page.ts';

/** Where the org asks who it is. No password is asked: everybody here is made up. */
export function renderLoginPage(
  org: SimulatedOrg,
  { startUrl, trouble }: { startUrl: string; trouble: string | null },
): string {
  const body = `${trouble === null ? '' : `<p class="trouble" role="alert">${escapeHtml(trouble)}</p>`}
<form method="post" action="/login">
<input type="hidden" name="startURL" value="${escapeHtml(startUrl)}">
<fieldset>
<legend>Who are you?</legend>
${listUsers(org)}
</fieldset>
<div class="buttons"><button type="submit">Log In</button></div>
</form>`;
  return renderPage({ title: 'Log in to Salesforce', body });
}

/** The users who are shown; the first who is more than a machine is chosen already. */
function listUsers(org: SimulatedOrg): string {
  const names = userNames.filter((name) => maySignIn(org, name));
  const chosen = names.find((name) => name !== 'integration') ?? names[0];
  return names
    .map((name) => {
      const user = readPerson(org, name);
      const { username, title } = user;
      return `<label class="choice">
<input type="radio" name="username" value="${escapeHtml(username)}"${name === chosen ? ' checked' : ''} required>
<span>${escapeHtml(nameOf(user))}<small>${escapeHtml(title)}</small><small>${escapeHtml(username)}</small></span>
</label>`;
    })
    .join('\n');
}
