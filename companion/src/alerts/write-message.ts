import type { Config } from '../config.ts';
import type { AlertAbout, AlertKind } from './decide-alerts.ts';

export type AlertEvent = 'opened' | 'reminder' | 'resolved' | 'test';

/** One message, as it is kept until it is delivered. Holds ids, codes, counts and what to do; nothing else. */
export interface AlertMessage extends AlertAbout {
  connectionId: string;
  alertId: string | null;
  event: AlertEvent;
  kind: AlertKind | 'test';
  code: string;
  at: string;
  /** The page of the console to go to. */
  link: string;
}

const HEADLINES: Record<AlertMessage['kind'], string> = {
  state: 'the connection is not connected',
  held: 'Salesforce does not take changes',
  failures: 'customers wait for a person',
  test: 'this is a test',
};

const PAGES: Record<AlertMessage['kind'], string> = {
  state: '',
  held: '/health',
  failures: '/activity',
  test: '/alerts',
};

/** Where browsers find the console. */
export function consoleOrigin({
  publicUrl,
  host,
  port,
}: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  return publicUrl ?? `http://${host}:${port}`;
}

/** The address of the console page that shows the trouble. */
export function linkTo(consoleOrigin: string, connectionId: string, kind: AlertMessage['kind']): string {
  return `${consoleOrigin}/console/#/connections/${encodeURIComponent(connectionId)}${PAGES[kind]}`;
}

/** The body of a webhook, of the type `alert.opened` and so on. */
export function writeWebhook(message: AlertMessage): string {
  const { event, at, ...data } = message;
  return JSON.stringify({ type: `alert.${event}`, timestamp: at, data });
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** The same as a mail: plain text, and simple HTML. */
export function writeMail(message: AlertMessage): Mail {
  const { event, kind, code, connectionId, count, link } = message;
  const prefix = { opened: '', reminder: 'Still: ', resolved: 'Resolved: ', test: '' }[event];
  const headline = toOneLine(`${prefix}${connectionId}: ${HEADLINES[kind]} (${code})`);
  const paragraphs = [
    event === 'resolved' ? 'This is over. Nothing is to be done.' : message.explanation,
    ...(event === 'resolved' ? [] : [message.action]),
    ...(count === undefined || event === 'resolved' ? [] : [`Customers: ${count}`]),
    `Reason: ${code}`,
  ].map(toOneLine);
  return {
    subject: `[Upflow] ${headline}`,
    text: [headline, ...paragraphs, link, ''].join('\n\n'),
    html:
      `<!doctype html><html lang="en"><body><h1 style="font-size:18px">${escapeHtml(headline)}</h1>` +
      paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('') +
      `<p><a href="${escapeHtml(link)}">Open the console</a></p></body></html>`,
  };
}

/** Nothing that a code or an id holds can begin a header or a line of its own. */
function toOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
