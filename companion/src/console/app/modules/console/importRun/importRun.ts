import { api, LightningElement } from 'lwc';
import type { ImportRun as Run } from '../../../api/import-shapes.ts';
import { formatNumber, toWords } from '../../../format.ts';

const PHASES: Record<string, string> = {
  accounts: 'Reading Accounts',
  contacts: 'Reading contacts',
  owners: 'Reading owners',
  matching: 'Matching customers',
  sending: 'Sending to Upflow',
};

/** An import that is under way. */
export default class ImportRun extends LightningElement {
  @api run: Run | null = null;

  get state(): string {
    return this.run?.state ?? '';
  }

  get phase(): string {
    return PHASES[this.run?.phase ?? ''] ?? 'About to begin';
  }

  get percent(): number {
    const { done = 0, total = 0 } = this.run ?? {};
    return total ? (done / total) * 100 : 0;
  }

  get progressText(): string {
    const { done = 0, total = null } = this.run ?? {};
    if (total === null) return done > 0 ? formatNumber(done) : '';
    return `${formatNumber(done)} of ${formatNumber(total)}`;
  }

  get counts(): { name: string; label: string; figure: string }[] {
    return Object.entries(this.run?.counts ?? {})
      .filter(([name, amount]) => amount > 0 && !name.startsWith('skipped.'))
      .map(([name, amount]) => ({ name, label: toWords(name), figure: formatNumber(amount) }));
  }
}
