import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import { formatMoment } from '../../../format.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

/** Tokens for programs that use this connection's API. */
export default class ApiTokens extends Page {
  /** Shown once, and kept nowhere else. */
  newToken = '';

  get columns(): Column[] {
    return [{ label: 'Name' }, { label: 'Made' }, { label: 'Actions', isLabelHidden: true, align: 'end' }];
  }

  get rows(): Row[] {
    return (this.connection?.apiTokens ?? []).map(({ id, name, createdAt }) => ({
      id,
      name,
      cells: [
        { text: name },
        { text: formatMoment(createdAt) },
        { buttons: this.mayWrite ? [{ name: 'remove', label: 'Remove token' }] : [] },
      ],
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get name(): string {
    return this.form.name ?? '';
  }

  async refresh(): Promise<void> {
    this.tellConnection(await callApi<ConnectionView>('GET', this.base));
  }

  async handleCreate(event: Event): Promise<void> {
    event.preventDefault();
    await this.act(async () => {
      const { token } = await callApi<{ token: string }>('POST', `${this.base}/api-tokens`, {
        name: this.name.trim(),
      });
      this.newToken = token;
      this.form = {};
      await this.refresh();
    }, 'An API token is made.');
  }

  async handleRowAction(event: CustomEvent<RowAction>): Promise<void> {
    const { rowId } = event.detail;
    const isSure = await ask({
      title: 'Remove this API token?',
      message: 'Programs that use it are refused from now on.',
      confirmLabel: 'Remove token',
      isDestructive: true,
    });
    if (!isSure) return;
    await this.act(async () => {
      await callApi('DELETE', `${this.base}/api-tokens/${encodeURIComponent(rowId)}`);
      await this.refresh();
    }, 'The API token is removed.');
  }
}
