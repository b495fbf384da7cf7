import { callApi } from '../../../api/call-api.ts';
import type { CustomerStory } from '../../../api/watch-shapes.ts';
import type { Reason } from '../../../api/shapes.ts';
import { formatMoment } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';

interface ShownEntry {
  key: string;
  at: string;
  what: string;
  detail: string;
  outcome: string | null;
  reason: Reason | null;
}

/** One customer's way from push to Account. */
export default class CustomerPage extends Page {
  story: CustomerStory | null = null;

  connectedCallback(): void {
    void this.load();
  }

  get customerId(): string {
    return this.route?.customerId ?? '';
  }

  get heading(): string {
    return this.story?.customer.name || 'Customer';
  }

  get activityLink(): string {
    return `${linkTo(this.connectionId, 'activity')}?show=customers`;
  }

  get reason(): Reason | null {
    return this.story?.customer.reason ?? null;
  }

  get outcome(): string {
    return this.story?.customer.outcome ?? '';
  }

  get identifier(): string {
    return this.story?.customer.identifier ?? 'has none';
  }

  get account(): string {
    return this.story?.account?.id ?? 'none';
  }

  /** The org's own page of the Account. */
  get accountLink(): string {
    const { origin, instanceOrigin } = this.connection?.salesforce ?? {};
    const { account } = this.story ?? {};
    return account && (instanceOrigin ?? origin) ? `${instanceOrigin ?? origin}/${account.id}` : '';
  }

  get link(): string {
    const { link } = this.story ?? {};
    if (!link) return 'not linked';
    const by = `by ${link.by ?? 'hand'}`;
    const how =
      link.source === 'identifier'
        ? 'by the shared identifier'
        : link.source === 'unlinked'
          ? `unlinked ${by}`
          : by;
    return link.at ? `${how}, ${formatMoment(link.at)}` : how;
  }

  get entries(): ShownEntry[] {
    return (this.story?.story ?? []).map((entry, index) => ({
      key: String(index),
      at: formatMoment(entry.at),
      what: entry.what,
      detail: entry.detail ?? '',
      outcome: entry.outcome,
      reason: entry.reason,
    }));
  }

  get isEmpty(): boolean {
    return this.isReady && this.entries.length === 0;
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.story = await callApi<CustomerStory>(
        'GET',
        `${this.base}/customers/${encodeURIComponent(this.customerId)}`,
      );
    });
  }

  async handleAgain(): Promise<void> {
    await this.act(
      () => callApi('POST', `${this.base}/exports`, { kind: 'selection', customerIds: [this.customerId] }),
      'Exporting again.',
    );
  }

  /** Of the customer nothing is left to be shown. */
  handleErased(): void {
    window.location.hash = this.activityLink;
  }

  async handleRetry(): Promise<void> {
    await this.act(async () => {
      await callApi('POST', `${this.base}/retries`, { customerIds: [this.customerId] });
      await this.load();
    }, 'Trying again.');
  }
}
