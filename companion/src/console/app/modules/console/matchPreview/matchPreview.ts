import { api, LightningElement } from 'lwc';
import type { Counts, MatchPreview as Preview } from '../../../api/shapes.ts';
import { count, formatNumber, formatShare } from '../../../format.ts';

const TILES: [keyof Counts, string, string][] = [
  ['matched', 'Matched', 'customers with their Account'],
  ['missingInSalesforce', 'Missing in Salesforce', 'customers without an Account'],
  ['missingInUpflow', 'Missing in Upflow', 'Accounts without a customer'],
  ['duplicate', 'Duplicates', 'values that several have'],
  ['formatting', 'Formatting', 'differ only in form'],
];

/** What a pair of fields would match. */
export default class MatchPreview extends LightningElement {
  @api preview: Preview | null = null;

  get isRunning(): boolean {
    return this.preview?.state === 'running';
  }

  get hasFailed(): boolean {
    return this.preview?.state === 'failed' && this.preview.reason !== null;
  }

  get counts(): Counts | null {
    return this.preview?.state === 'done' ? this.preview.counts : null;
  }

  get percent(): number {
    return (this.preview?.progress ?? 0) * 100;
  }

  get percentText(): string {
    return formatShare(this.preview?.progress ?? 0);
  }

  get rate(): string {
    return formatShare(this.preview?.rate);
  }

  get summary(): string {
    return `${this.rate} of ${count(this.counts?.customers ?? 0, 'customer')} would be matched.`;
  }

  get tiles(): { key: string; label: string; figure: string; note: string }[] {
    const { counts } = this;
    return counts
      ? TILES.map(([key, label, note]) => ({ key, label, note, figure: formatNumber(counts[key]) }))
      : [];
  }

  get moves(): string {
    const { moves } = this.preview ?? {};
    if (!moves) return '';
    return `${count(moves.gain, 'customer')} would gain an Account, ${formatNumber(moves.lose)} would lose theirs, ${formatNumber(moves.change)} would change to another.`;
  }
}
