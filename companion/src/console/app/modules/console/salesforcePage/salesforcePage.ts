import { callApi } from '../../../api/call-api.ts';
import type { Approval, ConnectionView, SalesforceView } from '../../../api/shapes.ts';
import { formatMoment } from '../../../format.ts';
import { keepAuthorization, recallAuthorization } from '../../../shell/keep-authorization.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const FLOW_NAMES = {
  'web-server': 'Sign-in of a person',
  'jwt-bearer': 'Certificate of an integration user (JWT bearer)',
  'client-credentials': 'Client credentials of an integration user',
};

/** Signing in to Salesforce. */
export default class SalesforcePage extends Page {
  columns: Column[] = [{ label: 'User' }, { label: 'Approvals' }, { label: 'Connections' }];
  approvals: Approval[] = [];
  limit = 5;
  isEditing = false;
  authorizationId: string | null = null;
  /** Names of the connections that a sixth approval would cut off; null when there is no such danger. */
  endangered: string | null = null;

  connectedCallback(): void {
    this.authorizationId = this.route?.query.authorization ?? recallAuthorization(this.connectionId);
    void this.fill(() => this.load());
  }

  get salesforce(): SalesforceView | null {
    return this.connection?.salesforce ?? null;
  }

  get isConnected(): boolean {
    return this.connection?.state === 'connected' || this.connection?.state === 'paused';
  }

  get needsReconnect(): boolean {
    return this.connection?.state === 'reconnect needed';
  }

  get state(): string {
    return this.connection?.state ?? '';
  }

  get reason(): ConnectionView['stateReason'] {
    return this.connection?.stateReason ?? null;
  }

  get flowName(): string {
    return this.salesforce ? FLOW_NAMES[this.salesforce.flow] : '';
  }

  get connectedAt(): string {
    const { connectedAt, connectedBy } = this.salesforce ?? {};
    return connectedBy ? `${formatMoment(connectedAt)} by ${connectedBy}` : formatMoment(connectedAt);
  }

  get showsForm(): boolean {
    return this.mayWrite && !this.authorizationId && (!this.isConnected || this.isEditing);
  }

  get canEdit(): boolean {
    return this.mayWrite && this.isConnected && !this.isEditing;
  }

  get isUnset(): boolean {
    return !this.salesforce && !this.mayWrite;
  }

  get rows(): Row[] {
    return this.approvals.map(({ userId, username, count, connections }) => ({
      id: userId,
      name: username,
      cells: [
        { text: username },
        { text: `${count} of ${this.limit}`, note: count >= this.limit ? 'none is left' : '' },
        { links: connections.map(({ id, name }) => ({ text: name, href: linkTo(id) })) },
      ],
    }));
  }

  get hasApprovals(): boolean {
    return this.approvals.length > 0;
  }

  /** The form shows what is wrong with its fields; the warning about approvals speaks for itself. */
  get showsRefusal(): boolean {
    return this.refusal !== null && this.endangered === null;
  }

  /** What comes once the org is connected: the permissions, where something is missing, else the identifier. */
  get next(): { label: string; link: string } | undefined {
    const { steps } = this.connection ?? {};
    if (!this.isConnected || steps === undefined) return undefined;
    if (steps.permissions !== 'done')
      return { label: 'Next: check permissions', link: linkTo(this.connectionId, 'permissions') };
    if (steps.identifier !== 'done')
      return { label: 'Next: choose identifier', link: linkTo(this.connectionId, 'identifier') };
    return undefined;
  }

  async load(): Promise<void> {
    const { rows, limit } = await callApi<{ rows: Approval[]; limit: number }>(
      'GET',
      `${this.base}/salesforce/approvals`,
    );
    this.approvals = rows;
    this.limit = limit;
  }

  async refresh(): Promise<void> {
    this.tellConnection(await callApi<ConnectionView>('GET', this.base));
  }

  handleEdit(): void {
    this.isEditing = true;
  }

  handleCancel(): void {
    this.isEditing = false;
    this.refusal = null;
  }

  async handleConnect(event: CustomEvent<Record<string, string>>): Promise<void> {
    const { detail } = event;
    await this.act(async () => {
      this.tellConnection(await callApi<ConnectionView>('PUT', `${this.base}/salesforce`, detail));
      if (detail.flow === 'web-server') await this.authorize({});
      else {
        this.tellConnection(await callApi<ConnectionView>('POST', `${this.base}/salesforce/connect`));
        this.isEditing = false;
      }
    });
    this.warnOfApprovals();
  }

  async handleReconnect(): Promise<void> {
    await this.act(async () => {
      if (this.salesforce?.flow === 'web-server') await this.authorize({});
      else this.tellConnection(await callApi<ConnectionView>('POST', `${this.base}/salesforce/connect`));
    });
    this.warnOfApprovals();
  }

  async handleAsAnotherUser(): Promise<void> {
    await this.act(() => this.authorize({ asAnotherUser: true }));
  }

  /** Leads to Salesforce in this tab; its answer leads back to this page. */
  async authorize(options: { asAnotherUser?: true }): Promise<void> {
    const { id, url } = await callApi<{ id: string; url: string }>(
      'POST',
      `${this.base}/salesforce/authorizations`,
      options,
    );
    keepAuthorization(this.connectionId, id);
    location.assign(url);
  }

  warnOfApprovals(): void {
    if (this.refusal?.code !== 'five-approvals') return;
    const { connections } = this.refusal.document;
    const named = Array.isArray(connections) ? (connections as { name: string }[]) : [];
    this.endangered = named.map(({ name }) => name).join(', ');
  }

  async handleSettled(): Promise<void> {
    this.isEditing = false;
    await this.act(async () => {
      await this.refresh();
      await this.load();
    });
  }

  handleStartAgain(): void {
    this.authorizationId = null;
  }

  async handleSwitch(): Promise<void> {
    const isSure = await ask({
      title: 'Switch to another Salesforce org?',
      message:
        'The sign-in to this org is revoked, and matches and links are made anew in the other org. The mapping stays. Figures in this org stay as they are.',
      confirmLabel: 'Switch org',
      isDestructive: true,
    });
    if (!isSure) return;
    await this.act(async () => {
      this.tellConnection(
        await callApi<ConnectionView>('POST', `${this.base}/salesforce/switch-organization`),
      );
      this.isEditing = true;
    }, 'You can now sign in to the other org.');
  }
}
