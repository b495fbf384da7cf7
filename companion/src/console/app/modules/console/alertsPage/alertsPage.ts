import { callApi } from '../../../api/call-api.ts';
import type { AlertAttempt, AlertRow, Alerts } from '../../../api/watch-shapes.ts';
import { formatMoment, toWords } from '../../../format.ts';
import { say } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';

const DEFAULT_THRESHOLD = '10';
const DEFAULT_WINDOW = '60';

/** Who is told when a connection changes its state or too much fails. */
export default class AlertsPage extends Page {
  columns: Column[] = [{ label: 'When' }, { label: 'What' }, { label: 'Way' }, { label: 'Result' }];
  alerts: Alerts | null = null;
  /** Of the webhook; shown once. */
  newSecret = '';

  connectedCallback(): void {
    void this.load();
  }

  get isReadOnly(): boolean {
    return !this.mayWrite;
  }

  get url(): string {
    return this.form.url ?? this.alerts?.webhook?.url ?? '';
  }

  get isWebhookOn(): boolean {
    return (this.form.webhookOn ?? String(this.alerts?.webhook?.on ?? false)) === 'true';
  }

  get secretHint(): string {
    return this.alerts?.webhook?.secretHint ?? '';
  }

  get to(): string {
    return this.form.to ?? this.alerts?.mail?.to.join(', ') ?? '';
  }

  get isMailOn(): boolean {
    return (this.form.mailOn ?? String(this.alerts?.mail?.on ?? false)) === 'true';
  }

  get threshold(): string {
    return this.form.threshold ?? String(this.alerts?.failureThreshold ?? DEFAULT_THRESHOLD);
  }

  get window(): string {
    return this.form.window ?? String(this.alerts?.failureWindowMinutes ?? DEFAULT_WINDOW);
  }

  get errors(): Record<string, string> {
    return {
      url: this.errorOf('webhook.url'),
      to: this.errorOf('mail.to') || this.errorOf('mail.to.0'),
      threshold: this.errorOf('failureThreshold'),
      window: this.errorOf('failureWindowMinutes'),
    };
  }

  get path(): string {
    return `${this.base}/alerts/history`;
  }

  get describe(): (row: AlertRow) => Row {
    return ({ id, createdAt, event, kind, code, channel, result, problem }) => ({
      id,
      name: `${kind} ${code}`,
      cells: [
        { text: formatMoment(createdAt) },
        { text: toWords(code), note: `${kind}, ${event}` },
        { text: toWords(channel) },
        { state: result ?? 'pending', note: problem ?? '' },
      ],
    });
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.alerts = await callApi<Alerts>('GET', `${this.base}/alerts`);
    });
  }

  handleCheck(event: Event): void {
    const { name, checked } = event.currentTarget as HTMLInputElement;
    this.form = { ...this.form, [name]: String(checked) };
  }

  async handleSave(event: Event): Promise<void> {
    event.preventDefault();
    await this.save(false);
  }

  async handleNewSecret(): Promise<void> {
    await this.save(true);
  }

  async save(newSecret: boolean): Promise<void> {
    const to = this.to.split(/[\s,;]+/).filter(Boolean);
    const url = this.url.trim();
    const body = {
      webhook: url ? { url, on: this.isWebhookOn, ...(newSecret ? { newSecret } : {}) } : null,
      mail: to.length > 0 ? { to, on: this.isMailOn } : null,
      failureThreshold: this.threshold.trim() === '' ? null : Number(this.threshold),
      failureWindowMinutes: Number(this.window),
    };
    await this.act(async () => {
      this.alerts = await callApi<Alerts>('PUT', `${this.base}/alerts`, body);
      this.newSecret = this.alerts.webhook?.secret ?? '';
      this.form = {};
    }, 'The alerts are saved.');
  }

  async handleTest(): Promise<void> {
    await this.act(async () => {
      const { rows } = await callApi<{ rows: AlertAttempt[] }>('POST', `${this.base}/alerts/test`);
      const results = rows.map(
        ({ channel, result, problem }) => `${toWords(channel)}: ${problem ?? result ?? 'on its way'}`,
      );
      say(
        results.length > 0
          ? `Test sent. ${results.join('. ')}`
          : 'No way is switched on, so nothing was sent.',
      );
      await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
    });
  }
}
