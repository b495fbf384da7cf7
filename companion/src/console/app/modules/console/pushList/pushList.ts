import type { PushRow } from '../../../api/watch-shapes.ts';
import { count, formatMoment } from '../../../format.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import type { PickerOption } from '../picker/picker.ts';

const OUTCOMES = [
  '',
  'needs attention',
  'rejected',
  'unmatched',
  'written',
  'unchanged',
  'superseded',
  'pending',
];
/** A burst of events asks for the list once. */
const REFRESH_DELAY_IN_MILLISECONDS = 400;

/** Pushes, newest first; new ones appear by themselves. */
export default class PushList extends Page {
  columns: Column[] = [
    { label: 'Push' },
    { label: 'Outcome' },
    { label: 'Customers', align: 'end' },
    { label: 'Received' },
  ];
  outcome = '';
  isLive = false;
  isPaused = false;
  arrived = 0;
  source: EventSource | null = null;
  timer = 0;

  connectedCallback(): void {
    this.source = new EventSource(`${this.base}/activity`);
    this.source.addEventListener('open', () => {
      this.isLive = true;
    });
    this.source.addEventListener('error', () => {
      this.isLive = false;
    });
    this.source.addEventListener('push', (event: MessageEvent<string>) => {
      const { more } = JSON.parse(event.data) as { more?: number };
      this.arrived += more ?? 1;
      this.refreshSoon();
    });
    this.source.addEventListener('batch', () => this.refreshSoon());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
    this.source?.close();
  }

  get path(): string {
    return `${this.base}/pushes`;
  }

  get filters(): { outcome: string } {
    return { outcome: this.outcome };
  }

  get outcomes(): PickerOption[] {
    return OUTCOMES.map((value) => ({
      value,
      label: value || 'any outcome',
      type: '',
      allowed: true,
      reason: null,
    }));
  }

  get describe(): (row: PushRow) => Row {
    return ({ id, type, receivedAt, outcome, customers, reason }) => ({
      id,
      name: id,
      cells: [
        { text: type, note: id, reason },
        { state: outcome ?? 'pending' },
        { text: count(customers, 'customer') },
        { text: formatMoment(receivedAt) },
      ],
    });
  }

  get liveText(): string {
    if (this.isPaused) return `Paused. ${count(this.arrived, 'push', 'pushes')} came meanwhile.`;
    if (!this.isLive) return 'Not live at present: trying to reach the companion.';
    return this.arrived === 0
      ? 'Live'
      : `Live. ${count(this.arrived, 'push', 'pushes')} came since you opened this page.`;
  }

  get pauseLabel(): string {
    return this.isPaused ? 'Follow live' : 'Hold still';
  }

  refreshSoon(): void {
    if (this.isPaused) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      void this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
    }, REFRESH_DELAY_IN_MILLISECONDS);
  }

  handleOutcome(event: CustomEvent<string>): void {
    this.outcome = event.detail;
  }

  handlePause(): void {
    this.isPaused = !this.isPaused;
    this.arrived = 0;
    this.refreshSoon();
  }
}
