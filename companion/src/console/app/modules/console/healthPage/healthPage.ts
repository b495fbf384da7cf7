import { callApi } from '../../../api/call-api.ts';
import type { Reason } from '../../../api/shapes.ts';
import type { Health } from '../../../api/watch-shapes.ts';
import {
  formatAgo,
  formatBytes,
  formatMoment,
  formatNumber,
  formatSeconds,
  toWords,
} from '../../../format.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const POLL_IN_MILLISECONDS = 5000;
const DATABASES: Record<string, string> = { pglite: 'Embedded (PGlite)', postgres: 'PostgreSQL' };

/** How the connection and the companion do. */
export default class HealthPage extends Page {
  scheduleColumns: Column[] = [
    { label: 'Task' },
    { label: 'Every' },
    { label: 'Last' },
    { label: 'Next' },
    { label: 'Result' },
  ];
  runColumns: Column[] = [{ label: 'When' }, { label: 'Customers', align: 'end' }, { label: 'Result' }];
  health: Health | null = null;

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, () => this.fetch());
  }

  get tiles(): { label: string; figure: string; note: string }[] {
    const { health } = this;
    if (!health) return [];
    const written = health.perMinute.reduce((sum, minute) => sum + minute.written, 0);
    return [
      {
        label: 'Lag',
        figure: formatSeconds(health.lagSeconds),
        note: 'age of the change that waits longest',
      },
      { label: 'Backlog', figure: formatNumber(health.backlog), note: 'customers and pushes that wait' },
      { label: 'Written', figure: formatNumber(written), note: 'Accounts in the last hour' },
      {
        label: 'Running since',
        figure: formatAgo(health.process.startedAt),
        note: `version ${health.process.version}`,
      },
    ];
  }

  get hold(): Reason | null {
    return this.health?.hold?.reason ?? null;
  }

  get holdAction(): string {
    return `${this.hold?.action ?? ''} It is tried again ${formatAgo(this.health?.hold?.until)}.`;
  }

  get databaseProblems(): Reason[] {
    return this.health?.database.problems ?? [];
  }

  get database(): string {
    const kind = this.health?.database.kind ?? '';
    return DATABASES[kind] ?? kind;
  }

  get databaseSize(): string {
    return formatBytes(this.health?.database.sizeBytes ?? null);
  }

  get databaseVersion(): string {
    return this.health?.database.version ?? '';
  }

  get scheduleRows(): Row[] {
    return (this.health?.schedule ?? []).map(({ name, every, lastAt, nextAt, lastResult }) => ({
      id: name,
      name,
      cells: [
        { text: toWords(name) },
        { text: every },
        { text: formatAgo(lastAt) },
        { text: nextAt ? formatAgo(nextAt) : '–' },
        lastResult ? { state: lastResult } : { text: '–' },
      ],
    }));
  }

  get hasSchedule(): boolean {
    return this.scheduleRows.length > 0;
  }

  get runRows(): Row[] {
    return (this.health?.lastRuns ?? []).map(({ at, customers, counts }, index) => ({
      id: String(index),
      name: formatMoment(at),
      cells: [
        { text: formatMoment(at) },
        { text: formatNumber(customers) },
        {
          text: Object.entries(counts)
            .map(([outcome, amount]) => `${formatNumber(amount)} ${outcome}`)
            .join(', '),
        },
      ],
    }));
  }

  get hasRuns(): boolean {
    return this.runRows.length > 0;
  }

  async fetch(): Promise<void> {
    this.health = await callApi<Health>('GET', `${this.base}/health`);
  }

  async load(): Promise<void> {
    await this.fill(() => this.fetch());
  }
}
