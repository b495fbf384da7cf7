import { escapeHtml } from '../../salesforce/http/escape-html.ts';
import type { LastSending, PushTarget } from '../push-targets.ts';
import { renderPage } from './render-page.ts';

/** What the page tells after a form was sent. */
export interface PushFormOutcome {
  notice?: string | undefined;
  trouble?: string | undefined;
  /** What was typed, to be put right. */
  typed?: { url: string; secret: string };
}

/** Settings › Pushes: where changes of customers are sent, and the secret that signs them. */
export function renderPushSettings(
  targets: readonly (PushTarget & { last?: LastSending })[],
  { notice, trouble, typed }: PushFormOutcome = {},
): string {
  const body = `${notice === undefined ? '' : `<p class="notice" role="status">${escapeHtml(notice)}</p>`}
${trouble === undefined ? '' : `<p class="trouble" role="alert">${escapeHtml(trouble)}</p>`}
<p>Every change of a customer is sent to the push addresses below, signed with the secret of each. Both come from the connection
in the console of the companion.</p>
<form class="fields" method="post" action="/settings/pushes">
<label for="push-address">Push address</label>
<input class="code" id="push-address" name="url" type="url" required value="${escapeHtml(typed?.url ?? '')}">
<label for="push-secret">Push secret</label>
<input class="code" id="push-secret" name="secret" required autocomplete="off" value="${escapeHtml(typed?.secret ?? '')}">
<div class="buttons"><button class="main" type="submit">Save</button></div>
</form>
${targets.length === 0 ? '' : listTargets(targets)}`;
  return renderPage({ title: 'Pushes', path: '/settings/pushes', body });
}

function listTargets(targets: readonly (PushTarget & { last?: LastSending })[]): string {
  const rows = targets.map(
    ({ url, last }) =>
      `<tr><td><code>${escapeHtml(url)}</code></td><td>${last === undefined ? 'Nothing sent yet' : tell(last)}</td>
<td><form method="post" action="/settings/pushes/remove"><input type="hidden" name="url" value="${escapeHtml(url)}">
<button type="submit" aria-label="Remove ${escapeHtml(url)}">Remove</button></form></td></tr>`,
  );
  return `<h2>Where pushes go</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Where pushes go"><table>
<thead><tr><th>Push address</th><th>Last sent</th><td></td></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
<form method="post" action="/settings/pushes/send"><div class="buttons"><button type="submit">Send all customers now</button></div></form>`;
}

function tell({ sent, accepted, refused, at, refusal }: LastSending): string {
  const when = at.toISOString().slice(11, 19);
  const counts = `${sent} sent at ${when} UTC: ${accepted} accepted, ${refused} refused`;
  return escapeHtml(refusal === undefined ? counts : `${counts}. ${refusal.slice(0, 300)}`);
}
