import { api, LightningElement } from 'lwc';
import type { ExportRun as Run } from '../../../api/export-shapes.ts';
import { count, formatNumber, toWords } from '../../../format.ts';
import { ask } from '../../../shell/say.ts';

/** An export that is under way. */
export default class ExportRun extends LightningElement {
  @api run: Run | null = null;
  @api mayWrite = false;
  @api isBusy = false;

  get heading(): string {
    return this.run?.kind === 'full' ? 'Full export' : 'Export of a selection';
  }

  get state(): string {
    return this.run?.state ?? '';
  }

  get tried(): number {
    const { done = 0, inJob = 0, total = 0 } = this.run ?? {};
    return Math.min(done + inJob, total);
  }

  get percent(): number {
    const { total = 0 } = this.run ?? {};
    return total > 0 ? (this.tried / total) * 100 : 0;
  }

  get progressText(): string {
    const { total = 0 } = this.run ?? {};
    return `${formatNumber(this.tried)} of ${count(total, 'customer')}`;
  }

  get pace(): string {
    const { perMinute, estimateMinutes } = this.run ?? {};
    if (this.state === 'paused') return 'Paused: nothing more is written until you resume.';
    const parts = [
      perMinute ? `${formatNumber(Math.round(perMinute))} a minute` : '',
      estimateMinutes ? `about ${count(Math.ceil(estimateMinutes), 'minute')} left` : '',
    ];
    return parts.filter(Boolean).join(', ');
  }

  get counts(): { name: string; label: string; figure: string }[] {
    return Object.entries(this.run?.counts ?? {}).map(([name, amount]) => ({
      name,
      label: toWords(name),
      figure: formatNumber(amount),
    }));
  }

  get canPause(): boolean {
    return this.mayWrite && this.state === 'running';
  }

  get canResume(): boolean {
    return this.mayWrite && this.state === 'paused';
  }

  tell(verb: string): void {
    this.dispatchEvent(new CustomEvent('control', { detail: { runId: this.run?.id, verb } }));
  }

  handlePause(): void {
    this.tell('pause');
  }

  handleResume(): void {
    this.tell('resume');
  }

  async handleCancel(): Promise<void> {
    const isSure = await ask({
      title: 'Cancel this export?',
      message:
        'What is written stays written. What is not written yet waits for its next push or another export.',
      confirmLabel: 'Cancel export',
      isDestructive: true,
    });
    if (isSure) this.tell('cancel');
  }
}
