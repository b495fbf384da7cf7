import { api, LightningElement } from 'lwc';
import type { SkippedKind, SkippedRow } from '../../../api/import-shapes.ts';
import { formatMoment, formatNumber, toWords } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import type { PickerOption } from '../picker/picker.ts';

/** What is not imported, by reason, with what mends it. */
export default class ImportSkipped extends LightningElement {
  /** Address of the connection in the API. */
  @api base = '';
  @api connectionId = '';

  columns: Column[] = [{ label: 'Customer' }, { label: 'What' }, { label: 'Why' }, { label: 'Since' }];
  skipped: SkippedKind[] = [];
  code = '';

  @api async refresh(): Promise<void> {
    await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
  }

  get path(): string {
    return `${this.base}/import-runs/present`;
  }

  get filters(): Record<string, string> {
    return this.code ? { code: this.code } : {};
  }

  get hasSkipped(): boolean {
    return this.skipped.length > 0;
  }

  get options(): PickerOption[] {
    const all = this.skipped.reduce((sum, { count }) => sum + count, 0);
    const option = (value: string, label: string) => ({
      value,
      label,
      type: '',
      allowed: true,
      reason: null,
    });
    return [
      option('', `All reasons, ${formatNumber(all)}`),
      ...this.skipped.map(({ code, count }) => option(code, `${toWords(code)}, ${formatNumber(count)}`)),
    ];
  }

  get fix(): string {
    const kind = this.skipped.find(({ code }) => code === this.code);
    return kind ? `${kind.explanation} ${kind.action}` : '';
  }

  get describe(): (row: SkippedRow) => Row {
    return ({ id, customerId, kind, recordId, code, explanation, action, at }) => ({
      id,
      name: `${customerId} ${recordId}`,
      cells: [
        { text: customerId, href: linkTo(this.connectionId, `customers/${encodeURIComponent(customerId)}`) },
        { text: toWords(kind), code: recordId },
        { reason: { code, message: toWords(code), explanation, action } },
        { text: formatMoment(at) },
      ],
    });
  }

  handleCode({ detail }: CustomEvent<string>): void {
    this.code = detail;
  }

  handleLoad({ detail }: CustomEvent<{ skipped?: SkippedKind[] }>): void {
    this.skipped = detail.skipped ?? [];
  }
}
