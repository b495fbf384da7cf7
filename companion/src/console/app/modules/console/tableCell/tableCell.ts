import { api, LightningElement } from 'lwc';
import type { ShownCell } from '../../../shell/table.ts';

/** What a cell of a table holds, from top to bottom. Tells the name of the button that was pressed. */
export default class TableCell extends LightningElement {
  @api cell!: ShownCell;

  handleButton(event: Event): void {
    const { name = '' } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('buttonpress', { detail: name }));
  }
}
