import { api } from 'lwc';
import { callApi } from '../../../api/call-api.ts';
import type { FailureGroup as Group, FailureRow } from '../../../api/watch-shapes.ts';
import { count, formatAgo } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { say } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

/** One reason for which customers wait: what Salesforce says, what it means, the fix, and who is concerned. */
export default class FailureGroup extends Page {
  @api group: Group | null = null;

  columns: Column[] = [{ label: 'Customer' }, { label: 'What Salesforce says' }, { label: 'Since' }];
  isOpen = false;
  selected: string[] = [];

  get path(): string {
    return `${this.base}/failures/${encodeURIComponent(this.group?.code ?? '')}`;
  }

  get summary(): string {
    return `Show ${count(this.group?.count ?? 0, 'customer')}, the oldest waiting since ${formatAgo(this.group?.since)}`;
  }

  get describe(): (row: FailureRow) => Row {
    return ({ customerId, customerName, accountId, message, since }) => ({
      id: customerId,
      name: customerName || customerId,
      cells: [
        {
          text: customerName || customerId,
          href: linkTo(this.connectionId, `customers/${encodeURIComponent(customerId)}`),
          note: accountId ?? '',
        },
        { text: message },
        { text: formatAgo(since) },
      ],
    });
  }

  get retryAllLabel(): string {
    const amount = this.group?.count ?? 0;
    return amount === 1 ? 'Retry 1 customer' : `Retry all ${count(amount, 'customer')}`;
  }

  get hasNone(): boolean {
    return this.selected.length === 0 || this.isBusy;
  }

  get retrySelectedLabel(): string {
    return this.selected.length === 0 ? 'Retry selected' : `Retry ${this.selected.length} selected`;
  }

  handleToggle(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
  }

  handleSelection(event: CustomEvent<string[]>): void {
    this.selected = event.detail;
  }

  async handleRetryAll(): Promise<void> {
    await this.retry({ code: this.group?.code ?? '' });
  }

  async handleRetrySelected(): Promise<void> {
    await this.retry({ customerIds: this.selected });
  }

  async retry(body: { code: string } | { customerIds: string[] }): Promise<void> {
    const isDone = await this.act(async () => {
      const { customers } = await callApi<{ customers: number }>('POST', `${this.base}/retries`, body);
      say(`Trying ${count(customers, 'customer')} again.`);
    });
    if (!isDone) return;
    this.selected = [];
    this.dispatchEvent(new CustomEvent('retried'));
  }
}
