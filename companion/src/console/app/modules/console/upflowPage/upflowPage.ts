import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import { formatAgo } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask } from '../../../shell/say.ts';
import { Page } from '../page/page.ts';

const ENVIRONMENTS = [
  { value: 'production', label: 'Production', help: 'Your live Upflow organization.' },
  { value: 'sandbox', label: 'Sandbox', help: 'Upflow’s test environment, with an organization of its own.' },
];

/** Signing in to Upflow. */
export default class UpflowPage extends Page {
  environments = ENVIRONMENTS;
  isEditing = false;
  isLoading = false;

  get upflow(): ConnectionView['upflow'] {
    return this.connection?.upflow ?? null;
  }

  get isConnected(): boolean {
    return this.upflow !== null;
  }

  get checked(): string {
    return formatAgo(this.upflow?.checkedAt);
  }

  get key(): string {
    return `…${this.upflow?.apiKey ?? ''}`;
  }

  get showsForm(): boolean {
    return this.mayWrite && (!this.isConnected || this.isEditing);
  }

  get canEdit(): boolean {
    return this.mayWrite && this.isConnected && !this.isEditing;
  }

  get environment(): string {
    return this.form.environment ?? this.upflow?.environment ?? 'production';
  }

  get apiKey(): string {
    return this.form.apiKey ?? '';
  }

  get apiSecret(): string {
    return this.form.apiSecret ?? '';
  }

  get keyError(): string {
    return this.errorOf('apiKey');
  }

  get secretError(): string {
    return this.errorOf('apiSecret');
  }

  /** Nothing to see, and nothing that a viewer could do about it. */
  get isUnset(): boolean {
    return !this.isConnected && !this.mayWrite;
  }

  get nextLink(): string {
    return linkTo(this.connectionId, 'salesforce');
  }

  get isNextSalesforce(): boolean {
    return this.connection?.steps.salesforce !== 'done' && this.isConnected;
  }

  handleEdit(): void {
    this.isEditing = true;
  }

  handleCancel(): void {
    this.isEditing = false;
    this.refusal = null;
  }

  async handleSave(event: Event): Promise<void> {
    event.preventDefault();
    const { environment, apiKey, apiSecret } = this;
    const isDone = await this.act(async () => {
      const body = { environment, apiKey: apiKey.trim(), apiSecret: apiSecret.trim() };
      this.tellConnection(await callApi<ConnectionView>('PUT', `${this.base}/upflow`, body));
    }, 'Upflow is connected.');
    if (!isDone) return;
    this.isEditing = false;
    this.form = {};
  }

  async handleCheck(): Promise<void> {
    await this.act(async () => {
      await callApi('POST', `${this.base}/upflow/check`);
      this.tellConnection(await callApi<ConnectionView>('GET', this.base));
    }, 'Upflow answers.');
  }

  async handleRemove(): Promise<void> {
    const isSure = await ask({
      title: 'Remove the key of Upflow?',
      message: 'The companion can no longer read Upflow. Pushes are still received.',
      confirmLabel: 'Remove key',
      isDestructive: true,
    });
    if (!isSure) return;
    await this.act(async () => {
      await callApi('DELETE', `${this.base}/upflow`);
      this.tellConnection(await callApi<ConnectionView>('GET', this.base));
    }, 'The key is removed.');
  }
}
