import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView, Reason } from '../../../api/shapes.ts';
import type { Health } from '../../../api/watch-shapes.ts';
import { formatAgo, formatNumber, formatSeconds } from '../../../format.ts';
import { describeSteps, type StepView } from '../../../shell/describe-steps.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask } from '../../../shell/say.ts';
import { Page } from '../page/page.ts';

interface ShownStep extends StepView {
  className: string;
  isDone: boolean;
  isNext: boolean;
  stateText: string;
}

const STATE_TEXTS = { done: 'Done', next: 'Next', todo: 'Later' };

/** One connection at a glance: how it stands, and what to do next. */
export default class OverviewPage extends Page {
  health: Health | null = null;

  connectedCallback(): void {
    void this.fill(() => this.load());
    this.every(10_000, () => this.load());
  }

  get steps(): ShownStep[] {
    return this.connection
      ? describeSteps(this.connection).map((step) => ({
          ...step,
          className: `step step-${step.state}`,
          isDone: step.state === 'done',
          isNext: step.state === 'next' && this.mayWrite,
          stateText: STATE_TEXTS[step.state],
        }))
      : [];
  }

  get isSetUp(): boolean {
    return this.steps.every(({ isDone }) => isDone);
  }

  get stepsHeading(): string {
    return this.isSetUp ? 'Set up' : 'Next steps';
  }

  get state(): string {
    return this.connection?.state ?? '';
  }

  get since(): string {
    return formatAgo(this.connection?.stateSince);
  }

  get reason(): Reason | null {
    return this.connection?.stateReason ?? null;
  }

  get reasonTone(): string {
    return this.state === 'reconnect needed' ? 'bad' : 'warn';
  }

  get isPaused(): boolean {
    return this.state === 'paused';
  }

  get canPause(): boolean {
    return this.mayWrite && this.state === 'connected';
  }

  get canResume(): boolean {
    return this.mayWrite && this.isPaused;
  }

  get canReconnect(): boolean {
    return this.mayWrite && this.state === 'reconnect needed';
  }

  get canDisconnect(): boolean {
    return this.mayWrite && this.state !== 'disconnected';
  }

  get canDelete(): boolean {
    return this.mayWrite && this.state === 'disconnected';
  }

  get salesforceLink(): string {
    return linkTo(this.connectionId, 'salesforce');
  }

  /** Figures say something once there is something to export. */
  get hasTiles(): boolean {
    return this.health !== null && this.connection?.identifier !== null;
  }

  get tiles(): { label: string; figure: string; note: string }[] {
    if (!this.health) return [];
    const { lagSeconds, backlog, perMinute, budget } = this.health;
    const written = perMinute.reduce((sum, minute) => sum + minute.written, 0);
    return [
      { label: 'Behind Upflow by', figure: formatSeconds(lagSeconds), note: 'from push to Account' },
      { label: 'Waiting', figure: formatNumber(backlog), note: 'customers to be written' },
      { label: 'Written', figure: formatNumber(written), note: 'Accounts in the last hour' },
      {
        label: 'API calls today',
        figure: formatNumber(budget?.usedByUs24h),
        note: budget?.cap ? `of ${formatNumber(budget.cap)}` : 'no cap is set',
      },
    ];
  }

  async load(): Promise<void> {
    this.health = await callApi<Health>('GET', `${this.base}/health`);
  }

  async change(action: string, done: string): Promise<void> {
    await this.act(async () => {
      this.tellConnection(await callApi<ConnectionView>('POST', `${this.base}/${action}`));
    }, done);
  }

  async handlePause(): Promise<void> {
    await this.change('pause', 'Paused. Pushes are kept meanwhile.');
  }

  async handleResume(): Promise<void> {
    await this.change('resume', 'Resumed. What waited is written now.');
  }

  async handleDisconnect(): Promise<void> {
    const isSure = await ask({
      title: `Disconnect ${this.connectionName}?`,
      message:
        'The sign-in to Salesforce is revoked and nothing is written any more. The identifier, the mapping and the links stay, so connecting again is quick.',
      confirmLabel: 'Disconnect',
      isDestructive: true,
    });
    if (isSure) await this.change('disconnect', 'Disconnected.');
  }

  async handleDelete(): Promise<void> {
    const isSure = await ask({
      title: `Delete ${this.connectionName}?`,
      message: 'Its settings, links and history are deleted for good. Figures on Accounts stay as they are.',
      confirmLabel: 'Delete connection',
      isDestructive: true,
    });
    if (!isSure) return;
    await this.act(async () => {
      await callApi('DELETE', this.base);
      location.hash = '#/connections';
    }, 'The connection is deleted.');
  }
}
