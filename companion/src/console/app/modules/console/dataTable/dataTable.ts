import { api, LightningElement } from 'lwc';
import type { Cell, CellButton, Column, Row, RowAction, ShownCell } from '../../../shell/table.ts';

const toButton = (button: CellButton, row: Row) => ({
  ...button,
  fullName: `${button.label}: ${row.name}`,
  className: `slds-button ${button.isBrand ? 'slds-button_brand' : 'slds-button_neutral'}`,
});

/** A table that becomes a list of cards on a phone. Its roles are written out, because such a layout would lose them. */
export default class DataTable extends LightningElement {
  @api caption = '';
  @api columns: Column[] = [];
  @api rows: Row[] = [];
  /** Puts a box before each row. */
  @api isSelectable = false;
  /** Ids of the rows whose box is ticked. */
  @api selected: string[] = [];
  @api isBusy = false;

  get headings(): { label: string; className: string; textClass: string }[] {
    return this.columns.map(({ label, align, isLabelHidden }) => ({
      label,
      className: align === 'end' ? 'cell-end' : '',
      textClass: isLabelHidden ? 'slds-assistive-text' : '',
    }));
  }

  get shownRows(): { id: string; selectLabel: string; isSelected: boolean; cells: ShownCell[] }[] {
    return this.rows.map((row) => ({
      id: row.id,
      selectLabel: `Select ${row.name}`,
      isSelected: this.selected.includes(row.id),
      cells: row.cells.map((cell, index) => this.showCell(row, cell, index)),
    }));
  }

  get areAllSelected(): boolean {
    return this.rows.length > 0 && this.rows.every(({ id }) => this.selected.includes(id));
  }

  showCell(row: Row, cell: Cell, index: number): ShownCell {
    const column = this.columns[index];
    return {
      ...cell,
      key: `${row.id}/${index}`,
      label: column?.isLabelHidden ? '' : (column?.label ?? ''),
      className: column?.align === 'end' ? 'cell-end' : '',
      isHeading: index === 0,
      hasBadge: Boolean(cell.state ?? cell.badge),
      hasText: Boolean(cell.text) && !cell.href,
      shownButtons: (cell.buttons ?? []).map((button) => toButton(button, row)),
    };
  }

  handleButton(event: CustomEvent<string>): void {
    const { row = '' } = (event.currentTarget as HTMLElement).dataset;
    const detail: RowAction = { name: event.detail, rowId: row };
    this.dispatchEvent(new CustomEvent('rowaction', { detail }));
  }

  handleSelect(event: Event): void {
    const box = event.currentTarget as HTMLInputElement;
    const { row = '' } = box.dataset;
    this.tellSelection(box.checked ? [...this.selected, row] : this.selected.filter((id) => id !== row));
  }

  handleSelectAll(event: Event): void {
    const shown = this.rows.map(({ id }) => id);
    const others = this.selected.filter((id) => !shown.includes(id));
    this.tellSelection((event.currentTarget as HTMLInputElement).checked ? [...others, ...shown] : others);
  }

  tellSelection(selected: string[]): void {
    this.dispatchEvent(new CustomEvent('selectionchange', { detail: selected }));
  }
}
