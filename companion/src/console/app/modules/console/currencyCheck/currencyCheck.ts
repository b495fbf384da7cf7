import { callApi } from '../../../api/call-api.ts';
import type { Currency } from '../../../api/shapes.ts';
import { Page } from '../page/page.ts';

/** In an org of one currency amounts stay in Upflow's; where these differ, an admin says that it is meant so. */
export default class CurrencyCheck extends Page {
  currency: Currency | null = null;

  connectedCallback(): void {
    void this.fill(() => this.load());
  }

  get foreign(): string[] {
    if (!this.currency || this.currency.multiCurrency) return [];
    return this.currency.upflowCurrencies.filter((code) => code !== this.currency?.organizationCurrency);
  }

  get isOpen(): boolean {
    return this.foreign.length > 0 && !this.currency?.confirmed;
  }

  get message(): string {
    return `Upflow has amounts in ${this.foreign.join(', ')}, your org uses ${this.currency?.organizationCurrency ?? 'another currency'}`;
  }

  async load(): Promise<void> {
    this.currency = await callApi<Currency>('GET', `${this.base}/currency`);
  }

  async handleConfirm(): Promise<void> {
    await this.act(async () => {
      await callApi('PUT', `${this.base}/currency`, { confirmed: true });
      if (this.currency) this.currency = { ...this.currency, confirmed: true };
    }, 'Confirmed: amounts stay in the currency that Upflow has them in.');
  }
}
