import { callApi } from '../../../api/call-api.ts';
import type { DriftAudit, DriftSetting } from '../../../api/drift-shapes.ts';
import { count, formatMoment, formatNumber } from '../../../format.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import type { PickerOption } from '../picker/picker.ts';

const POLL_IN_MILLISECONDS = 1500;

const option = (value: string, label: string): PickerOption => ({
  value,
  label,
  type: '',
  allowed: true,
  reason: null,
});
const SCHEDULES = [option('daily', 'Every day'), option('weekly', 'Every week'), option('off', 'Never')];

type Listed = DriftSetting & { rows: DriftAudit[] };

const isOpenState = (state: string | undefined): boolean => state === 'waiting' || state === 'running';

/** What Accounts show against what they should show. */
export default class DriftPage extends Page {
  columns: Column[] = [
    { label: 'Audit' },
    { label: 'State' },
    { label: 'Accounts', align: 'end' },
    { label: 'Drifted', align: 'end' },
    { label: 'Gone', align: 'end' },
    { label: 'Found', isLabelHidden: true },
  ];
  schedules = SCHEDULES;
  setting: DriftSetting = { schedule: 'daily', nextAt: null };
  active: DriftAudit | null = null;
  /** The audit whose findings are shown. */
  shown: DriftAudit | null = null;

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, async () => {
      if (this.active) await this.fetch();
    });
  }

  get path(): string {
    return `${this.base}/drift-audits`;
  }

  get isReadOnly(): boolean {
    return !this.mayWrite || this.isBusy;
  }

  get isOpen(): boolean {
    return this.active !== null;
  }

  get canAudit(): boolean {
    return this.mayWrite && this.isReady && !this.active;
  }

  get schedule(): string {
    return this.setting.schedule;
  }

  get next(): string {
    const { schedule, nextAt } = this.setting;
    if (schedule === 'off') return 'Accounts are audited only when somebody asks for it.';
    return nextAt
      ? `The next audit begins ${formatMoment(nextAt)}.`
      : 'The first audit comes by itself once figures are exported.';
  }

  get describe(): (audit: DriftAudit) => Row {
    return ({ id, state, ofAudit, requestedAt, requestedBy, compared, drifted, gone, calls, reason }) => ({
      id,
      name: `audit of ${formatMoment(requestedAt)}`,
      cells: [
        {
          text: formatMoment(requestedAt),
          note: `${ofAudit ? 'second look, ' : ''}${requestedBy === 'schedule' ? 'by itself' : `by ${requestedBy}`}, ${count(calls, 'API call')}`,
        },
        { state, reason },
        { text: formatNumber(compared) },
        { text: formatNumber(drifted) },
        { text: formatNumber(gone) },
        { buttons: drifted + gone > 0 ? [{ name: 'show', label: 'Show' }] : [] },
      ],
    });
  }

  async load(): Promise<void> {
    await this.fill(() => this.fetch());
  }

  async fetch(): Promise<void> {
    const { rows, schedule, nextAt } = await callApi<Listed>('GET', `${this.path}?limit=10`);
    this.setting = { schedule, nextAt };
    const was = this.active;
    this.active = rows.find(({ state }) => isOpenState(state)) ?? null;
    const found = rows.find(({ state, drifted, gone }) => !isOpenState(state) && drifted + gone > 0);
    if (was && !this.active) {
      this.shown = rows[0] && rows[0].drifted + rows[0].gone > 0 ? rows[0] : null;
      await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
    } else if (!this.shown && rows[0]?.id === found?.id) this.shown = found ?? null;
  }

  async handleShow({ detail }: CustomEvent<RowAction>): Promise<void> {
    await this.act(async () => {
      this.shown = await callApi<DriftAudit>('GET', `${this.path}/${encodeURIComponent(detail.rowId)}`);
    });
  }

  async handleAudit(): Promise<void> {
    await this.audit({});
  }

  async handleLookAgain({ detail }: CustomEvent<string>): Promise<void> {
    await this.audit({ ofAudit: detail });
  }

  async audit(body: { ofAudit?: string }): Promise<void> {
    await this.act(async () => {
      this.active = await callApi<DriftAudit>('POST', this.path, body);
    }, 'The audit has begun.');
  }

  async handleSchedule({ detail: schedule }: CustomEvent<string>): Promise<void> {
    await this.act(async () => {
      this.setting = await callApi<DriftSetting>('PUT', `${this.base}/drift-schedule`, { schedule });
    }, 'The schedule is saved.');
  }
}
