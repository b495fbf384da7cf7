import { escapeHtml } from '../../http/escape-html.ts';
import type { Reader } from '../reader.ts';

type Choice = readonly [label: string, parameters: Readonly<Record<string, string>>];

const CHOICES: Readonly<Record<string, readonly Choice[]>> = {
  Theme: [
    ['SLDS 2', { theme: 'slds2', scheme: 'light' }],
    ['SLDS 2 dark', { theme: 'slds2', scheme: 'dark' }],
    ['SLDS 1', { theme: 'slds1', scheme: 'light' }],
  ],
  Language: [
    ['English', { lang: 'en', locale: 'en-US' }],
    ['Français', { lang: 'fr', locale: 'fr-FR' }],
  ],
  Direction: [
    ['Left to right', { dir: 'ltr' }],
    ['Right to left', { dir: 'rtl' }],
  ],
};

/** Links to the same page in another theme, language or direction. */
export function renderLookChoices({ look, choices }: Reader): string {
  const groups = Object.entries(CHOICES).map(([name, options]) => {
    const links = options.map(([label, parameters]) => {
      const isChosen = Object.entries(parameters).every(
        ([key, value]) => key === 'locale' || look[key as keyof typeof look] === value,
      );
      const query = new URLSearchParams({ ...choices, ...parameters }).toString();
      const current = isChosen ? ' aria-current="true"' : '';
      return `<li><a href="?${escapeHtml(query)}"${current}>${label}</a></li>`;
    });
    return `<nav aria-label="${name}"><ul class="pills">${links.join('')}</ul></nav>`;
  });
  return `<div class="look-choices">${groups.join('')}</div>`;
}
