import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import type { ExportRun } from '../../../api/export-shapes.ts';
import { count, formatMoment, formatNumber } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import type ExportAgain from '../exportAgain/exportAgain.ts';
import { Page } from '../page/page.ts';

const POLL_IN_MILLISECONDS = 1500;
const KINDS = {
  full: 'All matched Accounts',
  selection: 'A selection',
  mapping: 'After a change of the mapping',
};
const COLUMNS: Column[] = [
  { label: 'Export' },
  { label: 'State' },
  { label: 'Customers', align: 'end' },
  { label: 'Result' },
  { label: 'Started' },
];

const describeCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([outcome, amount]) => `${formatNumber(amount)} ${outcome}`)
    .join(', ');

/** Writing figures to Accounts on request: all of them at first, some of them again. */
export default class ExportsPage extends Page {
  columns = COLUMNS;
  runs: ExportRun[] = [];

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, async () => {
      if (this.active.length > 0) await this.fetch();
    });
  }

  get active(): ExportRun[] {
    return this.runs.filter(({ state }) => state === 'running' || state === 'paused');
  }

  get ended(): ExportRun[] {
    return this.runs.filter(({ state }) => state === 'done' || state === 'cancelled');
  }

  get hasActive(): boolean {
    return this.active.length > 0;
  }

  get isFirst(): boolean {
    return !this.runs.some(({ kind }) => kind === 'full');
  }

  get startLabel(): string {
    return this.isFirst ? 'Start first full export' : 'Export all again';
  }

  get canStart(): boolean {
    return this.mayWrite && !this.active.some(({ kind }) => kind === 'full');
  }

  get rows(): Row[] {
    return this.ended.map(({ id, kind, state, total, counts, startedAt, startedBy }) => ({
      id,
      name: KINDS[kind],
      cells: [
        { text: KINDS[kind] },
        { state },
        { text: formatNumber(total) },
        { text: describeCounts(counts) || '–' },
        { text: formatMoment(startedAt), note: startedBy ? `by ${startedBy}` : '' },
      ],
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.isReady && this.runs.length === 0;
  }

  /** Whether all have been exported once, and nothing more is to be done. */
  get hasExported(): boolean {
    return !this.hasActive && this.runs.some(({ kind, state }) => kind === 'full' && state === 'done');
  }

  get activityLink(): string {
    return linkTo(this.connectionId, 'activity');
  }

  get preflightLink(): string {
    return linkTo(this.connectionId, 'preflight');
  }

  async fetch(): Promise<void> {
    const endedBefore = this.isReady ? this.ended.length : undefined;
    this.runs = (await callApi<{ rows: ExportRun[] }>('GET', `${this.base}/exports`)).rows;
    if (endedBefore === undefined || this.ended.length <= endedBefore) return;
    await this.template?.querySelector<HTMLElement & ExportAgain>('console-export-again')?.refresh();
  }

  async load(): Promise<void> {
    await this.fill(() => this.fetch());
  }

  async handleStart(): Promise<void> {
    const isSure =
      !this.isFirst ||
      (await ask({
        title: 'Start the first full export?',
        message:
          'The figures of all matched customers are written to their Accounts, and from then on each push keeps them up to date. You can pause at any time.',
        confirmLabel: 'Start export',
      }));
    if (isSure) await this.start({ kind: 'full' });
  }

  async handleAgain(event: CustomEvent<string[]>): Promise<void> {
    await this.start({ kind: 'selection', customerIds: event.detail });
  }

  async start(body: { kind: string; customerIds?: string[] }): Promise<void> {
    const done = body.customerIds
      ? `Exporting ${count(body.customerIds.length, 'customer')} again.`
      : 'The export has started.';
    await this.act(async () => {
      await callApi('POST', `${this.base}/exports`, body);
      await this.fetch();
      this.tellConnection(await callApi<ConnectionView>('GET', this.base));
    }, done);
  }

  async handleControl(event: CustomEvent<{ runId: string; verb: string }>): Promise<void> {
    const { runId, verb } = event.detail;
    await this.act(async () => {
      await callApi('POST', `${this.base}/exports/${encodeURIComponent(runId)}/${verb}`);
      await this.fetch();
    });
  }
}
