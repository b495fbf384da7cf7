import { linkTo, type Reader } from '../reader.ts';
import { renderApplication, renderPageHeader } from '../render-application.ts';
import { renderTableFrame } from '../render-cell.ts';

const COLUMNS = [
  ['Time', ''],
  ['Method', ''],
  ['Path', ''],
  ['User', ''],
  ['Status', ''],
  ['Milliseconds', 'number'],
  ['Rows', 'number'],
] as const;

/** API calls as they come, the newest first; the page's script fills the table. */
export function renderCalls(reader: Reader): string {
  const header = renderPageHeader({
    icon: 'standard:apex',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: 'API calls',
    subtitle:
      'Every call to the Salesforce API as it is answered. Paths are shown without the values that they ask for.',
    below: `<div class="calls-bar">
      <div class="usage"><p id="usage-text">API requests today</p>
        <progress id="usage" max="1" value="0" aria-labelledby="usage-text"></progress></div>
      <input class="slds-input" id="filter" type="search" placeholder="Filter by method, path, user or status…" aria-label="Filter calls">
      <button class="slds-button slds-button_neutral" id="pause" type="button" aria-pressed="false">Pause</button>
    </div>`,
  });
  const head = COLUMNS.map(([label, kind]) => `<th scope="col" class="${kind}">${label}</th>`).join('');
  const table = `<table class="slds-table slds-table_bordered records calls">
    <thead><tr>${head}</tr></thead><tbody id="calls"></tbody></table>`;
  const content = `<div class="page">${header}
    <p class="slds-card notice" id="calls-notice" role="status">Waiting for the first call.</p>
    ${renderTableFrame('API calls, the newest first', table)}</div>`;
  return renderApplication({ reader, title: 'API calls', tab: 'API calls', content, script: 'calls.js' });
}
