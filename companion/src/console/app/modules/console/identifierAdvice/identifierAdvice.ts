import { callApi } from '../../../api/call-api.ts';
import type { Advice, Reason } from '../../../api/shapes.ts';
import { count, formatShare } from '../../../format.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const COLUMNS: Column[] = [
  { label: 'Pair' },
  { label: 'Score', align: 'end' },
  { label: 'Filled', align: 'end' },
  { label: 'Unique', align: 'end' },
  { label: 'On both sides', align: 'end' },
  { label: 'Actions', isLabelHidden: true, align: 'end' },
];
const POLL_IN_MILLISECONDS = 2000;

/** Ranks all pairs of fields by how well they would match. */
export default class IdentifierAdvice extends Page {
  columns = COLUMNS;
  advice: Advice | null = null;

  connectedCallback(): void {
    void this.fill(async () => {
      await this.load();
      // Whoever comes to choose a pair wants to know which would do.
      if (this.advice?.state === 'none' && this.mayWrite) await this.handleAnew();
    });
    this.every(POLL_IN_MILLISECONDS, async () => {
      if (this.isRunning) await this.load();
    });
  }

  get isRunning(): boolean {
    return this.advice?.state === 'running';
  }

  get progress(): string {
    const { customersRead = 0, accountsRead = 0 } = this.advice ?? {};
    return `Reading both sides: ${count(customersRead, 'customer')} and ${count(accountsRead, 'Account')} so far`;
  }

  get rows(): Row[] {
    return (this.advice?.rows ?? []).map((row, index) => ({
      id: String(index),
      name: `${row.upflowLabel} = ${row.salesforceLabel}`,
      cells: [
        { text: `${row.upflowLabel} = ${row.salesforceLabel}`, note: row.sentence },
        { text: formatShare(row.score) },
        { text: formatShare(row.coverage) },
        { text: formatShare(row.uniqueness) },
        { text: formatShare(row.overlap) },
        { buttons: this.mayWrite ? [{ name: 'use', label: 'Use this pair' }] : [] },
      ],
    }));
  }

  get isUntried(): boolean {
    return this.advice?.state === 'none' && !this.mayWrite;
  }

  get failure(): Reason | null {
    return this.advice?.state === 'failed' ? this.advice.reason : null;
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.advice?.state === 'done' && !this.hasRows;
  }

  async load(): Promise<void> {
    this.advice = await callApi<Advice>('GET', `${this.base}/identifier/advice`);
  }

  async handleAnew(): Promise<void> {
    await this.act(async () => {
      await callApi('POST', `${this.base}/identifier/advice`);
      await this.load();
    });
  }

  handleRowAction(event: CustomEvent<RowAction>): void {
    const row = this.advice?.rows[Number(event.detail.rowId)];
    if (row)
      this.dispatchEvent(
        new CustomEvent('use', { detail: { upflow: row.upflow, salesforce: row.salesforce } }),
      );
  }
}
