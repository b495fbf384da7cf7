import { api, LightningElement } from 'lwc';
import { callApi, toProblem, toQuery } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { MatchRow } from '../../../api/shapes.ts';
import { say } from '../../../shell/say.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';

const SEARCH_DELAY_IN_MILLISECONDS = 300;

/** Chooses the Account of a customer by hand. */
export default class LinkByHand extends LightningElement {
  @api connectionId = '';
  @api row: MatchRow | null = null;

  columns: Column[] = [
    { label: 'Account' },
    { label: 'Value' },
    { label: 'Actions', isLabelHidden: true, align: 'end' },
  ];
  accounts: { id: string; name: string; value: string | null }[] | null = null;
  problem: ProblemView | null = null;
  search = '';
  timer = 0;

  renderedCallback(): void {
    const dialog = this.template?.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  get base(): string {
    return `/v1/connections/${encodeURIComponent(this.connectionId)}`;
  }

  get heading(): string {
    return `Link ${this.row?.customerName ?? 'this customer'} to an Account`;
  }

  get rows(): Row[] {
    return (this.accounts ?? []).map(({ id, name, value }) => ({
      id,
      name,
      cells: [
        { text: name, note: id },
        { text: value ?? '–' },
        { buttons: [{ name: 'link', label: 'Link', isBrand: true }] },
      ],
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.accounts?.length === 0;
  }

  handleInput(event: Event): void {
    this.search = (event.currentTarget as HTMLInputElement).value.trim();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(), SEARCH_DELAY_IN_MILLISECONDS);
  }

  async find(): Promise<void> {
    const { search } = this;
    if (!search) return;
    try {
      const answer = await callApi<{ rows: { id: string; name: string; value: string | null }[] }>(
        'GET',
        `${this.base}/accounts${toQuery({ search })}`,
      );
      if (search !== this.search) return;
      this.accounts = answer.rows;
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  async handleRowAction(event: CustomEvent<RowAction>): Promise<void> {
    try {
      await callApi('POST', `${this.base}/links`, {
        customerId: this.row?.customerId,
        accountId: event.detail.rowId,
      });
      say('Linked.');
      this.template?.querySelector('dialog')?.close();
      this.dispatchEvent(new CustomEvent('linked'));
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  handleCancel(): void {
    this.template?.querySelector('dialog')?.close();
  }

  handleClose(): void {
    this.dispatchEvent(new CustomEvent('end'));
  }
}
