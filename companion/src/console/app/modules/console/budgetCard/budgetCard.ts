import { callApi } from '../../../api/call-api.ts';
import type { Budget } from '../../../api/export-shapes.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import { formatNumber } from '../../../format.ts';
import { Page } from '../page/page.ts';

/** API calls to Salesforce: used, expected, and the cap under which the companion stays. */
export default class BudgetCard extends Page {
  budget: Budget | null = null;

  connectedCallback(): void {
    void this.load();
  }

  get limit(): number {
    return this.budget?.cap ?? this.budget?.orgMax ?? 0;
  }

  get percent(): number {
    return this.limit > 0 ? ((this.budget?.usedByUs24h ?? 0) / this.limit) * 100 : 0;
  }

  get used(): string {
    const used = formatNumber(this.budget?.usedByUs24h);
    return this.limit > 0 ? `${used} of ${formatNumber(this.limit)}` : used;
  }

  get forecast(): string {
    return formatNumber(this.budget?.forecast);
  }

  get byOrg(): string {
    const { usedByOrg24h = null, orgMax = null } = this.budget ?? {};
    if (usedByOrg24h === null) return 'not yet known';
    return orgMax === null
      ? formatNumber(usedByOrg24h)
      : `${formatNumber(usedByOrg24h)} of ${formatNumber(orgMax)}`;
  }

  get priority(): string {
    return this.budget?.priority === 'largest overdue'
      ? 'largest overdue amounts first, because calls are short'
      : 'oldest first';
  }

  get isTight(): boolean {
    const { cap, forecast } = this.budget ?? {};
    return typeof cap === 'number' && typeof forecast === 'number' && forecast > cap;
  }

  get cap(): string {
    return this.form.cap ?? String(this.budget?.cap ?? '');
  }

  get capError(): string {
    return this.errorOf('apiCallCap');
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.budget = await callApi<Budget>('GET', `${this.base}/budget`);
    });
  }

  async handleSave(event: Event): Promise<void> {
    event.preventDefault();
    const cap = this.cap.trim();
    await this.act(async () => {
      const apiCallCap = cap === '' ? null : Number(cap);
      this.tellConnection(await callApi<ConnectionView>('PATCH', this.base, { apiCallCap }));
      await this.load();
    }, 'The cap is saved.');
  }
}
