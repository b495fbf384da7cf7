import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import { formatMoment } from '../../../format.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

/** Where Upflow sends to, and the secrets that it signs with. */
export default class PushSecrets extends Page {
  /** Shown once, and kept nowhere else. */
  newSecret = '';

  get pushUrl(): string {
    return this.connection?.pushUrl ?? '';
  }

  get columns(): Column[] {
    return [{ label: 'Secret' }, { label: 'Made' }, { label: 'Actions', isLabelHidden: true, align: 'end' }];
  }

  get rows(): Row[] {
    return (this.connection?.pushSecrets ?? []).map(({ id, hint, createdAt }) => ({
      id,
      name: hint,
      cells: [
        { code: hint },
        { text: formatMoment(createdAt) },
        { buttons: this.mayWrite ? [{ name: 'remove', label: 'Remove secret' }] : [] },
      ],
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get createLabel(): string {
    return this.hasRows ? 'Rotate secret' : 'Create push secret';
  }

  async refresh(): Promise<void> {
    this.tellConnection(await callApi<ConnectionView>('GET', this.base));
  }

  async handleCreate(): Promise<void> {
    await this.act(async () => {
      const { secret } = await callApi<{ secret: string }>('POST', `${this.base}/push-secrets`);
      this.newSecret = secret;
      await this.refresh();
    }, 'A push secret is made.');
  }

  async handleRowAction(event: CustomEvent<RowAction>): Promise<void> {
    const { rowId } = event.detail;
    const isSure = await ask({
      title: 'Remove this push secret?',
      message:
        'Pushes that are signed with it are refused from now on. Remove it once Upflow signs with another.',
      confirmLabel: 'Remove secret',
      isDestructive: true,
    });
    if (!isSure) return;
    await this.act(async () => {
      await callApi('DELETE', `${this.base}/push-secrets/${encodeURIComponent(rowId)}`);
      await this.refresh();
    }, 'The push secret is removed.');
  }
}
