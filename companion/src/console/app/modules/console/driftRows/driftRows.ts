import { api } from 'lwc';
import { callApi } from '../../../api/call-api.ts';
import type { DriftAudit, DriftRow } from '../../../api/drift-shapes.ts';
import type { ExportRun } from '../../../api/export-shapes.ts';
import { count, formatMoment, formatNumber } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import type { PickerOption } from '../picker/picker.ts';

const POLL_IN_MILLISECONDS = 1500;
const REPAIRS = { running: 'running', done: 'written', failed: 'failed' };

/** The row's customer stands first in its id: a repair is of a customer. */
const rowIdOf = ({ customerId, field }: DriftRow): string => JSON.stringify([customerId, field]);
const customerOf = (rowId: string): string => (JSON.parse(rowId) as [string])[0];

const option = (value: string, label: string): PickerOption => ({
  value,
  label,
  type: '',
  allowed: true,
  reason: null,
});

/** What an audit found, and its repair. */
export default class DriftRows extends Page {
  /** Another audit is under way. */
  @api isOpen = false;

  columns: Column[] = [
    { label: 'Customer' },
    { label: 'Field' },
    { label: 'Shows' },
    { label: 'Should show' },
    { label: 'Repair' },
  ];
  field = '';
  selected: string[] = [];
  /** The export that repairs. */
  run: ExportRun | null = null;
  given: DriftAudit | null = null;

  @api get audit(): DriftAudit | null {
    return this.given;
  }
  set audit(audit: DriftAudit | null) {
    if (audit?.id !== this.given?.id) {
      this.field = '';
      this.selected = [];
      this.run = null;
    }
    this.given = audit;
  }

  connectedCallback(): void {
    this.every(POLL_IN_MILLISECONDS, () => this.follow());
  }

  get auditPath(): string {
    return `${this.base}/drift-audits/${encodeURIComponent(this.given?.id ?? '')}`;
  }

  get path(): string {
    return `${this.auditPath}/rows`;
  }

  get filters(): Record<string, string> {
    return this.field ? { field: this.field } : {};
  }

  get heading(): string {
    return `Found ${formatMoment(this.given?.requestedAt)}`;
  }

  get lead(): string {
    const { drifted = 0, gone = 0, compared = 0, leftOut = 0 } = this.given ?? {};
    const parts = [
      `${count(drifted, 'Account')} of ${formatNumber(compared)} ${drifted === 1 ? 'does' : 'do'} not show what ${drifted === 1 ? 'it' : 'they'} should.`,
      gone > 0 ? `${count(gone, 'Account')} ${gone === 1 ? 'is' : 'are'} gone.` : '',
      leftOut > 0
        ? `${count(leftOut, 'Account')} ${leftOut === 1 ? 'was' : 'were'} left out: being written, or waiting for a person.`
        : '',
    ];
    return parts.filter(Boolean).join(' ');
  }

  get options(): PickerOption[] {
    const fields = Object.entries(this.given?.counts ?? {}).toSorted(([, a], [, b]) => b - a);
    return [
      option('', 'All fields'),
      ...fields.map(([name, amount]) =>
        option(name || 'gone', `${name || 'The Account is gone'}, ${formatNumber(amount)}`),
      ),
    ];
  }

  get describe(): (row: DriftRow) => Row {
    return (row) => ({
      id: rowIdOf(row),
      name: `${row.customerName || row.customerId}, ${row.field ?? 'gone'}`,
      cells: [
        {
          text: row.customerName || row.customerId,
          href: linkTo(this.connectionId, `customers/${encodeURIComponent(row.customerId)}`),
          code: row.accountId,
        },
        { text: row.field ?? 'The Account is gone', state: row.kind },
        { text: row.shows ?? '–' },
        { text: row.shouldShow ?? '–' },
        row.repair ? { state: REPAIRS[row.repair] } : { text: '–' },
      ],
    });
  }

  get isRepairing(): boolean {
    return this.run?.state === 'running' || this.run?.state === 'paused';
  }

  get isHeld(): boolean {
    return this.isBusy || this.isRepairing || this.isOpen;
  }

  get customers(): string[] {
    return [...new Set(this.selected.map(customerOf))];
  }

  get hasNoneSelected(): boolean {
    return this.isHeld || this.selected.length === 0;
  }

  get selectedLabel(): string {
    return this.selected.length === 0
      ? 'Repair selected'
      : `Repair ${count(this.customers.length, 'selected Account')}`;
  }

  get percent(): number {
    const { done = 0, total = 0 } = this.run ?? {};
    return total > 0 ? (done / total) * 100 : 0;
  }

  get progressText(): string {
    const { done = 0, total = 0 } = this.run ?? {};
    return `${formatNumber(done)} of ${count(total, 'Account')} repaired`;
  }

  /** Looks how far the repair is. */
  async follow(): Promise<void> {
    if (!this.run || !this.isRepairing) return;
    const run = await callApi<ExportRun>('GET', `${this.base}/exports/${encodeURIComponent(this.run.id)}`);
    this.run = run;
    if (run.state === 'done' || run.state === 'cancelled') await this.refreshRows();
  }

  async refreshRows(): Promise<void> {
    await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
  }

  handleField({ detail }: CustomEvent<string>): void {
    this.field = detail;
    this.selected = [];
  }

  handleSelection({ detail }: CustomEvent<string[]>): void {
    this.selected = detail;
  }

  handleLookAgain(): void {
    this.dispatchEvent(new CustomEvent('lookagain', { detail: this.given?.id }));
  }

  async handleRepairAll(): Promise<void> {
    const { drifted = 0, gone = 0 } = this.given ?? {};
    await this.repair(drifted + gone, {});
  }

  async handleRepairSelected(): Promise<void> {
    await this.repair(this.customers.length, { customerIds: this.customers });
  }

  async repair(accounts: number, body: { customerIds?: string[] }): Promise<void> {
    const isSure = await ask({
      title: `Repair ${count(accounts, 'Account')}?`,
      message:
        'The fields that drifted are written anew with what they should show, and no others. What stands in them now is lost.',
      confirmLabel: 'Repair',
    });
    if (!isSure) return;
    await this.act(async () => {
      const { runId } = await callApi<{ runId: string }>('POST', `${this.auditPath}/repair`, body);
      this.selected = [];
      this.run = await callApi<ExportRun>('GET', `${this.base}/exports/${encodeURIComponent(runId)}`);
      await this.refreshRows();
    }, 'The repair has begun.');
  }
}
