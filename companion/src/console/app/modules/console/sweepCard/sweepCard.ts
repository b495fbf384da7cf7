import { callApi } from '../../../api/call-api.ts';
import type { Sweep } from '../../../api/shapes.ts';
import { formatAgo, formatNumber } from '../../../format.ts';
import { Page } from '../page/page.ts';

/** Between two looks at how far a pass is. */
const LOOK_EVERY_MS = 2000;

const CHOICES = [
  {
    value: 'yes',
    label: 'Yes',
    help: 'Heals what pushes missed; without pushes all figures come from here.',
  },
  { value: 'no', label: 'No', help: 'Upflow is read only when somebody asks for it.' },
];

const PHASES: Record<NonNullable<Sweep['phase']>, string> = {
  customers: 'Reading customers',
  payments: 'Reading payments',
  invoices: 'Reading invoices',
  figures: 'Working out figures',
  'portal links': 'Renewing portal links',
};

/** How Upflow's API is read: how far it is, how often, and reading it now. */
export default class SweepCard extends Page {
  sweep: Sweep | null = null;
  choices = CHOICES;

  connectedCallback(): void {
    void this.load();
    this.every(LOOK_EVERY_MS, async () => {
      if (this.isRunning) await this.load();
    });
  }

  get isRunning(): boolean {
    return this.sweep?.state === 'running';
  }

  get isOccupied(): boolean {
    return this.isBusy || this.isRunning;
  }

  get state(): string {
    const state = this.sweep?.state ?? 'never';
    return state === 'never' ? '' : state;
  }

  get phase(): string {
    const { phase = null } = this.sweep ?? {};
    return phase === null ? 'Asking Upflow' : PHASES[phase];
  }

  get percent(): number {
    const { read = 0, total = null } = this.sweep ?? {};
    return total === null || total === 0 ? 0 : (read / total) * 100;
  }

  get progressText(): string {
    const { read = 0, total = null } = this.sweep ?? {};
    return total === null
      ? `${formatNumber(read)} so far`
      : `${formatNumber(read)} of ${formatNumber(total)}`;
  }

  get lastLook(): string {
    const { endedAt = null } = this.sweep ?? {};
    return endedAt === null ? 'not yet' : formatAgo(endedAt);
  }

  get lastWhole(): string {
    const { lastWholeAt = null } = this.sweep ?? {};
    return lastWholeAt === null ? 'not yet' : formatAgo(lastWholeAt);
  }

  get changed(): string {
    return formatNumber(this.sweep?.changed);
  }

  get isOn(): string {
    return this.form.isOn ?? (this.sweep?.isOn === false ? 'no' : 'yes');
  }

  get intervalHours(): string {
    return this.form.intervalHours ?? String(this.sweep?.intervalHours ?? '');
  }

  get intervalError(): string {
    return this.errorOf('intervalHours');
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.sweep = await callApi<Sweep>('GET', `${this.base}/sweep`);
    });
  }

  async handleSave(event: Event): Promise<void> {
    event.preventDefault();
    const body = { isOn: this.isOn === 'yes', intervalHours: Number(this.intervalHours) };
    await this.act(async () => {
      this.sweep = await callApi<Sweep>('PUT', `${this.base}/sweep`, body);
      this.form = {};
    }, 'Saved.');
  }

  async handleRead(): Promise<void> {
    await this.act(async () => {
      this.sweep = { ...(await callApi<Sweep>('POST', `${this.base}/sweep`)), state: 'running' };
    }, 'Upflow is being read.');
  }
}
