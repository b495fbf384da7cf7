import { escapeHtml } from '../../salesforce/http/escape-html.ts';
import { settingsShape, type Settings } from '../settings.ts';
import { renderPage } from './render-page.ts';

const numbers = [
  ['latencyMs', 'Every answer of the API comes so many milliseconds later'],
  ['requestsPerMinute', 'Requests a minute'],
  ['concurrentRequests', 'Requests at once'],
  ['consistencyDelayMs', 'Lists show what was written so many milliseconds later'],
] as const;
const switches = [
  ['shiftPages', 'Lists begin with the newest'],
  ['pushApiChanges', 'What the API changes is pushed'],
] as const;

/** Settings › Behaviour: how the simulated API behaves, and which day it is. */
export function renderBehaviour(
  settings: Settings,
  { notice, trouble }: { notice?: string; trouble?: string },
): string {
  const body = `${notice === undefined ? '' : `<p class="notice" role="status">${escapeHtml(notice)}</p>`}
${trouble === undefined ? '' : `<p class="trouble" role="alert">${escapeHtml(trouble)}</p>`}
<p>How the API of this organization behaves until the simulator stops. <code>PUT /_simulator/settings</code> and
<code>PUT /_simulator/faults</code> can do more.</p>
<form class="fields" method="post" action="/settings/behaviour">
${numbers.map(([name, label]) => field(name, label, 'number', String(settings[name]))).join('\n')}
${field('today', 'The day in this organization; empty for today', 'date', (settings.today ?? '').slice(0, 10))}
${switches.map(([name, label]) => tick(name, label, settings[name])).join('\n')}
<div class="buttons"><button class="main" type="submit">Save</button></div>
</form>`;
  return renderPage({ title: 'Behaviour', path: '/settings/behaviour', body });
}

/** Reads the form. @returns what is to change, or what is wrong with it in words */
export function readBehaviour(form: unknown): { changes: Partial<Settings> } | { trouble: string } {
  const typed = (form ?? {}) as Record<string, unknown>;
  const read = settingsShape.partial().safeParse({
    ...Object.fromEntries(numbers.map(([name]) => [name, Number(typed[name] || NaN)])),
    ...Object.fromEntries(switches.map(([name]) => [name, typed[name] === 'on'])),
    today: typed.today === '' || typed.today === undefined ? null : typed.today,
  });
  if (read.success) return { changes: read.data as Partial<Settings> };
  const labels = new Map<PropertyKey | undefined, string>([...numbers, ['today', 'The day']]);
  const names = read.error.issues.map(({ path }) => labels.get(path[0]) ?? String(path[0]));
  return { trouble: `This cannot be: ${names.join('; ')}.` };
}

function field(name: string, label: string, type: string, value: string): string {
  const least = type === 'number' ? ' min="0" required' : '';
  return `<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}"${least} value="${escapeHtml(value)}">`;
}

function tick(name: string, label: string, isOn: boolean): string {
  return `<label class="tick"><input type="checkbox" name="${name}"${isOn ? ' checked' : ''}> ${label}</label>`;
}
