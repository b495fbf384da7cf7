import { callApi, toQuery } from '../../../api/call-api.ts';
import type { MappingPreview as Preview } from '../../../api/export-shapes.ts';
import type { CustomerRow } from '../../../api/watch-shapes.ts';
import { showValue } from '../../../format.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const LIMIT = 5;

/** One Account before and after what the saved mapping would write. */
export default class MappingPreview extends Page {
  columns: Column[] = [
    { label: 'Value' },
    { label: 'Now on the Account' },
    { label: 'Afterwards' },
    { label: 'Change' },
  ];
  customerColumns: Column[] = [
    { label: 'Customer' },
    { label: 'Identifier' },
    { label: 'Actions', isLabelHidden: true, align: 'end' },
  ];
  search = '';
  customers: CustomerRow[] | null = null;
  preview: Preview | null = null;

  get customerRows(): Row[] {
    return (this.customers ?? []).map(({ id, name, identifier }) => ({
      id,
      name: name ?? id,
      cells: [
        { text: name ?? id },
        { text: identifier ?? '–' },
        { buttons: [{ name: 'preview', label: 'Preview' }] },
      ],
    }));
  }

  get hasCustomers(): boolean {
    return this.customerRows.length > 0;
  }

  get isEmpty(): boolean {
    return this.customers?.length === 0;
  }

  get rows(): Row[] {
    return (this.preview?.fields ?? []).map(({ label, field, before, after, changes }) => ({
      id: field,
      name: label,
      cells: [
        { text: label, note: field },
        { text: showValue(before) },
        { text: showValue(after) },
        changes ? { state: 'next', badge: 'Changes' } : { badge: 'Same' },
      ],
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get heading(): string {
    const { customer, account } = this.preview ?? {};
    return account ? `${customer?.name ?? ''} on the Account ${account.name}` : (customer?.name ?? '');
  }

  handleFillSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  async handleFind(event: Event): Promise<void> {
    event.preventDefault();
    await this.act(async () => {
      const query = toQuery({ search: this.search.trim(), limit: LIMIT });
      this.customers = (await callApi<{ rows: CustomerRow[] }>('GET', `${this.base}/customers${query}`)).rows;
    });
  }

  async handleRowAction(event: CustomEvent<RowAction>): Promise<void> {
    await this.act(async () => {
      const query = toQuery({ customerId: event.detail.rowId });
      this.preview = await callApi<Preview>('GET', `${this.base}/mapping/preview${query}`);
    });
  }
}
