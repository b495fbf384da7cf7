import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView } from '../../../api/shapes.ts';
import { formatAgo } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const COLUMNS: Column[] = [
  { label: 'Connection' },
  { label: 'State' },
  { label: 'Upflow' },
  { label: 'Salesforce' },
];

const toRow = ({ id, name, state, stateReason, stateSince, upflow, salesforce }: ConnectionView): Row => ({
  id,
  name,
  cells: [
    { text: name, href: linkTo(id), note: `Id: ${id}` },
    {
      state,
      note: stateReason ? stateReason.explanation : `since ${formatAgo(stateSince)}`,
    },
    { text: upflow ? upflow.environment : 'not yet connected' },
    { text: salesforce?.username ?? 'not yet connected', note: salesforce ? salesforce.origin : '' },
  ],
});

/** All connections that this person may see. */
export default class ConnectionsPage extends Page {
  columns = COLUMNS;
  connections: ConnectionView[] = [];
  isAdding = false;

  connectedCallback(): void {
    void this.load();
  }

  get rows(): Row[] {
    return this.connections.map(toRow);
  }

  get isEmpty(): boolean {
    return this.isReady && this.connections.length === 0;
  }

  get hasRows(): boolean {
    return this.connections.length > 0;
  }

  get canAdd(): boolean {
    return this.mayWrite && !this.isAdding;
  }

  get name(): string {
    return this.form.name ?? '';
  }

  get nameError(): string {
    return this.errorOf('name');
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.connections = (await callApi<{ rows: ConnectionView[] }>('GET', '/v1/connections')).rows;
    });
  }

  handleAdd(): void {
    this.isAdding = true;
  }

  handleCancel(): void {
    this.isAdding = false;
    this.refusal = null;
  }

  async handleCreate(event: Event): Promise<void> {
    event.preventDefault();
    await this.act(async () => {
      const made = await callApi<ConnectionView>('POST', '/v1/connections', { name: this.name.trim() });
      location.hash = linkTo(made.id);
    }, 'The connection is added.');
  }
}
