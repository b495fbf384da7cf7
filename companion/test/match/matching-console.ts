import type { Counts } from '../../src/match/comparison.ts';
import { eventually, type Pipeline } from '../support/start-pipeline.ts';

/** What tests of matching ask of the admin API, and wait for. */
export interface MatchRow {
  kind: string;
  customerId: string | null;
  customerName: string | null;
  customerValue: string | null;
  accounts: { id: string; name: string; value: string }[];
  evidence: string;
  link: { source: string; by: string; at: string } | null;
}

export interface Matches {
  counts: Counts;
  rows: MatchRow[];
  next: string | null;
  madeAt: string | null;
  state: string;
}

export interface Preview {
  state: string;
  progress: number;
  counts: Counts;
  rate: number;
  moves: { gain: number; lose: number; change: number } | null;
  reason: { code: string } | null;
}

export const KINDS = [
  'matched',
  'missing-in-salesforce',
  'missing-in-upflow',
  'duplicate',
  'formatting',
  'manual',
] as const;

export interface MatchingConsole {
  preview(pair: { upflow: string; salesforce: string }): Promise<Preview & { id: string }>;
  /** Chooses a pair and waits for its report. */
  choose(upflow: string, salesforce: string): Promise<Matches>;
  refresh(): Promise<Matches>;
  page(query: Record<string, string>): Promise<Matches>;
  /** All rows of all kinds, page by page. */
  allRows(): Promise<MatchRow[]>;
  /** What the report says of a customer. */
  rowOf(customerId: string): Promise<MatchRow | undefined>;
}

export function openMatchingConsole({ api }: Pick<Pipeline, 'api'>): MatchingConsole {
  async function page(query: Record<string, string>): Promise<Matches> {
    const { status, body } = await api<Matches>('GET', `matches?${new URLSearchParams(query).toString()}`);
    if (status !== 200) throw new Error(`matches: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  const made = () =>
    eventually(async () => {
      const report = await page({});
      if (report.state === 'failed') throw new Error(JSON.stringify(report));
      return report.state === 'done' ? report : undefined;
    }, 'the report to be made');

  async function allRows(): Promise<MatchRow[]> {
    const rows: MatchRow[] = [];
    for (const kind of KINDS) {
      for (let after: string | null = ''; after !== null;) {
        const found: Matches = await page({ kind, limit: '500', ...(after === '' ? {} : { after }) });
        rows.push(...found.rows);
        after = found.next;
      }
    }
    return rows;
  }

  return {
    async preview(pair) {
      const { body } = await api<{ id: string }>('POST', 'identifier/previews', pair);
      const preview = await eventually(async () => {
        const found = await api<Preview>('GET', `identifier/previews/${body.id}`);
        return found.body.state === 'running' ? undefined : found.body;
      }, 'the preview to end');
      return { ...preview, id: body.id };
    },
    async choose(upflow, salesforce) {
      const { status, body } = await api('PUT', 'identifier', { upflow, salesforce });
      if (status !== 200) throw new Error(`identifier: ${status} ${JSON.stringify(body)}`);
      return made();
    },
    async refresh() {
      await api('POST', 'matches/refresh');
      return made();
    },
    page,
    allRows,
    rowOf: async (customerId) => (await allRows()).find((row) => row.customerId === customerId),
  };
}
