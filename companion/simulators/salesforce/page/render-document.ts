import { escapeHtml } from '../http/escape-html.ts';
import type { Look } from './page-options.ts';
import { PAGE_STYLES } from './page-styles.ts';

export interface PageData {
  apiVersion: string;
  objectName?: string;
  recordId?: string;
  accessToken?: string;
  /** Fixed answers in place of the API, by the item of the gallery and then by path. */
  samples?: Record<string, unknown>;
}

export interface Page {
  title: string;
  body: string;
  look: Look;
  /** What the page's script is told. */
  data?: PageData;
  /** The page's script, among the assets; most pages have none. */
  script?: string;
}

/** Safe inside a script element: no sequence in it can end the element. */
const toScriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

export const renderIcon = (
  name: string,
  className = 'slds-icon slds-icon_x-small slds-icon-text-default',
) => {
  const [category = '', symbol = ''] = name.split(':');
  const href = `/lightning/assets/icons/${category}-sprite/svg/symbols.svg#${symbol}`;
  return `<svg class="${className}" aria-hidden="true" focusable="false"><use href="${href}"></use></svg>`;
};

export function renderDocument({ title, body, data, look, script }: Page): string {
  const { theme, scheme, dir, lang, locale } = look;
  const dataElement =
    data === undefined ? '' : `<script type="application/json" id="page-data">${toScriptJson(data)}</script>`;
  const scriptElement =
    script === undefined ? '' : `<script type="module" src="/lightning/assets/${script}"></script>`;
  return `<!doctype html>
<html lang="${lang}" dir="${dir}" data-locale="${locale}" data-currency="USD" data-time-zone="UTC">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${[`${theme}.css`, ...PAGE_STYLES].map((name) => `<link rel="stylesheet" href="/lightning/assets/${name}">`).join('\n')}
</head>
<body class="${theme} slds-color-scheme_${scheme}">
${body}
<div id="toasts" class="slds-notify_container" role="status"></div>
${dataElement}${scriptElement}
</body>
</html>`;
}
