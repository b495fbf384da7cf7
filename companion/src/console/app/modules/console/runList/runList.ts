import type { RunRow } from '../../../api/watch-shapes.ts';
import { formatMoment, formatNumber } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';

/** Each work, and the page that tells more of it. */
const WORKS: Record<RunRow['work'], { label: string; page: string }> = {
  export: { label: 'Export', page: 'exports' },
  import: { label: 'Import', page: 'import' },
  sweep: { label: 'Reading Upflow', page: 'upflow' },
  'drift audit': { label: 'Drift audit', page: 'drift' },
};

/** “25 read, 3 changed”; what did not happen is left out. */
const describeCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, amount]) => amount > 0)
    .map(([name, amount]) => `${formatNumber(amount)} ${name.replace('.', ' ')}`)
    .join(', ');

/** Runs of all kinds as they happen. */
export default class RunList extends Page {
  columns: Column[] = [{ label: 'Run' }, { label: 'State' }, { label: 'Result' }, { label: 'When' }];
  source: EventSource | null = null;

  connectedCallback(): void {
    this.source = new EventSource(`${this.base}/activity`);
    this.source.addEventListener('run', () => void this.refresh());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.source?.close();
  }

  get path(): string {
    return `${this.base}/runs`;
  }

  get describe(): (row: RunRow) => Row {
    return ({ id, work, state, startedBy, counts, code, at }) => {
      const { label, page } = WORKS[work];
      return {
        id,
        name: label,
        cells: [
          {
            text: label,
            href: linkTo(this.connectionId, page),
            note: startedBy === null ? '' : `by ${startedBy}`,
          },
          { state },
          { text: describeCounts(counts) || '–', ...(code === null ? {} : { code }) },
          { text: formatMoment(at) },
        ],
      };
    };
  }

  async refresh(): Promise<void> {
    await this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table')?.refresh();
  }
}
