import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView, IdentifierOptions, MatchPreview } from '../../../api/shapes.ts';
import { formatShare } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';
import type { PickerOption } from '../picker/picker.ts';

const POLL_IN_MILLISECONDS = 1000;

/** Which value names the same customer on both sides. */
export default class IdentifierPage extends Page {
  options: IdentifierOptions | null = null;
  upflow = '';
  salesforce = '';
  previewId = '';
  preview: MatchPreview | null = null;

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, () => this.followPreview());
  }

  get upflowOptions(): PickerOption[] {
    return (this.options?.upflow ?? []).map(({ key, coverage, ...option }) => ({
      ...option,
      value: key,
      type: coverage === null ? option.type : `${option.type}, filled for ${formatShare(coverage)}`,
    }));
  }

  get salesforceOptions(): PickerOption[] {
    return (this.options?.salesforce ?? []).map(({ name, ...option }) => ({ ...option, value: name }));
  }

  get saved(): ConnectionView['identifier'] {
    return this.connection?.identifier ?? null;
  }

  get savedText(): string {
    if (!this.saved) return '';
    const { upflow, salesforce } = this.saved;
    const one = this.upflowOptions.find(({ value }) => value === upflow)?.label ?? upflow;
    const other = this.salesforceOptions.find(({ value }) => value === salesforce)?.label ?? salesforce;
    return `${one} in Upflow equals ${other} on the Account.`;
  }

  get isPairPicked(): boolean {
    return this.upflow !== '' && this.salesforce !== '';
  }

  get isSavedPair(): boolean {
    return this.upflow === this.saved?.upflow && this.salesforce === this.saved.salesforce;
  }

  get isPreviewing(): boolean {
    return this.preview?.state === 'running';
  }

  get cannotPreview(): boolean {
    return !this.isPairPicked || this.isBusy || this.isPreviewing;
  }

  get canSave(): boolean {
    return this.mayWrite && this.preview?.state === 'done' && !this.isSavedPair;
  }

  get nextLink(): string {
    return linkTo(this.connectionId, 'mapping');
  }

  get matchesLink(): string {
    return linkTo(this.connectionId, 'matches');
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.options = await callApi<IdentifierOptions>('GET', `${this.base}/identifier/options`);
      this.upflow ||= this.saved?.upflow ?? '';
      this.salesforce ||= this.saved?.salesforce ?? '';
    });
  }

  handleUpflow(event: CustomEvent<string>): void {
    this.pick(event.detail, this.salesforce);
  }

  handleSalesforce(event: CustomEvent<string>): void {
    this.pick(this.upflow, event.detail);
  }

  async handleUse(event: CustomEvent<{ upflow: string; salesforce: string }>): Promise<void> {
    this.pick(event.detail.upflow, event.detail.salesforce);
    await this.handlePreview();
  }

  /** What was previewed says nothing about another pair. */
  pick(upflow: string, salesforce: string): void {
    this.upflow = upflow;
    this.salesforce = salesforce;
    this.preview = null;
    this.previewId = '';
  }

  async handlePreview(): Promise<void> {
    const { upflow, salesforce } = this;
    await this.act(async () => {
      const { id } = await callApi<{ id: string }>('POST', `${this.base}/identifier/previews`, {
        upflow,
        salesforce,
      });
      this.previewId = id;
      this.preview = {
        state: 'running',
        progress: 0,
        pair: { upflow, salesforce },
        counts: null,
        rate: null,
        moves: null,
        reason: null,
      };
      await this.followPreview();
    });
  }

  async followPreview(): Promise<void> {
    const { previewId } = this;
    if (!previewId || !this.isPreviewing) return;
    const preview = await callApi<MatchPreview>('GET', `${this.base}/identifier/previews/${previewId}`);
    if (this.previewId === previewId) this.preview = preview;
  }

  async handleSave(): Promise<void> {
    const { upflow, salesforce, previewId } = this;
    await this.act(async () => {
      await callApi('PUT', `${this.base}/identifier`, { upflow, salesforce, previewId });
      this.tellConnection(await callApi<ConnectionView>('GET', this.base));
      this.preview = null;
    }, 'The shared identifier is saved.');
  }
}
