import { callApi } from '../../../api/call-api.ts';
import type { PreflightReport } from '../../../api/export-shapes.ts';
import { count, formatMoment, formatNumber } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';

const SAMPLES = [
  { value: '50', label: '50 Accounts', type: '', allowed: true, reason: null },
  { value: '200', label: '200 Accounts', type: '', allowed: true, reason: null },
  { value: '1000', label: '1,000 Accounts', type: '', allowed: true, reason: null },
];
const POLL_IN_MILLISECONDS = 1000;

interface ShownFailure {
  code: string;
  message: string;
  explanation: string;
  action: string;
  summary: string;
  accounts: { id: string; name: string }[];
}

/** Tries a sample of real Accounts without keeping the result, and lists those that would fail. */
export default class PreflightPage extends Page {
  samples = SAMPLES;
  sample = '200';
  report: PreflightReport | null = null;

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, async () => {
      if (this.isRunning) await this.fetch();
    });
  }

  get isRunning(): boolean {
    return this.report?.state === 'running';
  }

  get isDone(): boolean {
    return this.report?.state === 'done';
  }

  get cannotRun(): boolean {
    return this.isBusy || this.isRunning;
  }

  get isUntried(): boolean {
    return this.isReady && this.report === null;
  }

  get runLabel(): string {
    return this.report ? 'Run again' : 'Run preflight';
  }

  get tried(): string {
    return `${formatNumber(this.report?.tried)} tried so far`;
  }

  get started(): string {
    return formatMoment(this.report?.startedAt);
  }

  get hasFailed(): boolean {
    return this.report?.state === 'failed' && this.report.reason !== null;
  }

  get wouldFail(): number {
    return (this.report?.tried ?? 0) - (this.report?.wouldPass ?? 0);
  }

  get isAllGood(): boolean {
    return this.isDone && this.wouldFail === 0 && (this.report?.tried ?? 0) > 0;
  }

  get tiles(): { label: string; figure: string }[] {
    return [
      { label: 'Tried', figure: formatNumber(this.report?.tried) },
      { label: 'Would be written', figure: formatNumber(this.report?.wouldPass) },
      { label: 'Would fail', figure: formatNumber(this.wouldFail) },
    ];
  }

  get failures(): ShownFailure[] {
    return (this.report?.failures ?? []).map((failure) => ({
      ...failure,
      summary: `Show ${count(failure.accounts.length, 'Account')} of ${formatNumber(failure.count)}`,
    }));
  }

  get nextLink(): string {
    return linkTo(this.connectionId, 'exports');
  }

  async fetch(): Promise<void> {
    this.report = await callApi<PreflightReport | null>('GET', `${this.base}/preflight`);
  }

  async load(): Promise<void> {
    await this.fill(() => this.fetch());
  }

  handleSample(event: CustomEvent<string>): void {
    this.sample = event.detail;
  }

  async handleRun(): Promise<void> {
    await this.act(async () => {
      await callApi('POST', `${this.base}/preflight`, { sample: Number(this.sample) });
      await this.fetch();
    });
  }
}
