import { api } from 'lwc';
import type { CustomerRow } from '../../../api/watch-shapes.ts';
import { count } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import { Page } from '../page/page.ts';

/** Picks customers whose figures are written again. */
export default class ExportAgain extends Page {
  columns: Column[] = [{ label: 'Customer' }, { label: 'Identifier' }, { label: 'Last outcome' }];
  selected: string[] = [];

  /** Shows how customers ended that were written since. */
  @api async refresh(): Promise<void> {
    await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
  }

  get path(): string {
    return `${this.base}/customers`;
  }

  get describe(): (row: CustomerRow) => Row {
    return ({ id, name, identifier, outcome }) => ({
      id,
      name: name ?? id,
      cells: [
        { text: name ?? id, href: linkTo(this.connectionId, `customers/${encodeURIComponent(id)}`) },
        { text: identifier ?? '–' },
        { state: outcome ?? 'pending' },
      ],
    });
  }

  get hasNone(): boolean {
    return this.selected.length === 0;
  }

  get label(): string {
    return this.hasNone ? 'Export selected again' : `Export ${count(this.selected.length, 'customer')} again`;
  }

  handleSelection(event: CustomEvent<string[]>): void {
    this.selected = event.detail;
  }

  handleExport(): void {
    this.dispatchEvent(new CustomEvent('again', { detail: this.selected }));
    this.selected = [];
  }
}
