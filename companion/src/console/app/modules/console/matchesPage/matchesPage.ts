import { callApi } from '../../../api/call-api.ts';
import type { Counts, MatchReport, MatchRow } from '../../../api/shapes.ts';
import { formatAgo, formatNumber } from '../../../format.ts';
import { describeMatch } from '../../../shell/describe-match.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { ask, say } from '../../../shell/say.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';
import type { Tab } from '../tabs/tabs.ts';

interface Kind {
  value: string;
  count: keyof Counts;
  label: string;
  /** What these rows are, and what can be done about them. */
  text: string;
  empty: string;
}

const KINDS: Kind[] = [
  {
    value: 'matched',
    count: 'matched',
    label: 'Matched',
    text: 'Each of these customers has exactly one Account.',
    empty: 'No customer is matched yet',
  },
  {
    value: 'formatting',
    count: 'formatting',
    label: 'Formatting',
    text: 'The values differ only in spaces, leading zeros or case. Accept those that are right: each becomes a link that can be undone.',
    empty: 'No value differs only in form',
  },
  {
    value: 'missing-in-salesforce',
    count: 'missingInSalesforce',
    label: 'Missing in Salesforce',
    text: 'No Account has the value of these customers. Fill it in on the right Account, or link by hand.',
    empty: 'Every customer is found in Salesforce',
  },
  {
    value: 'missing-in-upflow',
    count: 'missingInUpflow',
    label: 'Missing in Upflow',
    text: 'No customer has the value of these Accounts. Many Accounts are not invoiced, so this is often fine.',
    empty: 'Every Account with a value is found in Upflow',
  },
  {
    value: 'duplicate',
    count: 'duplicate',
    label: 'Duplicates',
    text: 'Several share one value, so all of them stay unmatched. Correct the values, or link by hand.',
    empty: 'No value is used twice',
  },
  {
    value: 'manual',
    count: 'manual',
    label: 'By hand',
    text: 'Somebody accepted or chose these links. They hold whatever the values say.',
    empty: 'Nothing is linked by hand',
  },
];
const COLUMNS: Column[] = [
  { label: 'Customer' },
  { label: 'Account' },
  { label: 'Why' },
  { label: 'Actions', isLabelHidden: true, align: 'end' },
];

/** Who matched, who did not, and why. */
export default class MatchesPage extends Page {
  columns = COLUMNS;
  kind = 'matched';
  counts: Counts | null = null;
  madeAt: string | null = null;
  state = '';
  /** The customer that is being linked by hand. */
  linking: MatchRow | null = null;
  rowsById = new Map<string, MatchRow>();

  connectedCallback(): void {
    const { kind } = this.route?.query ?? {};
    if (KINDS.some(({ value }) => value === kind)) this.kind = kind ?? this.kind;
    this.every(3000, async () => {
      if (this.state === 'running') await this.table?.refresh();
    });
  }

  get table(): PagedTable | null {
    return this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table') ?? null;
  }

  get path(): string {
    return `${this.base}/matches`;
  }

  get csvLink(): string {
    return `${this.base}/matches.csv?kind=${this.kind}`;
  }

  get filters(): { kind: string } {
    return { kind: this.kind };
  }

  get tabs(): Tab[] {
    return KINDS.map(({ value, label, count }) => ({
      value,
      label,
      count: this.counts ? formatNumber(this.counts[count]) : '',
    }));
  }

  get current(): Kind | undefined {
    return KINDS.find(({ value }) => value === this.kind);
  }

  get text(): string {
    return this.current?.text ?? '';
  }

  get empty(): string {
    return this.current?.empty ?? '';
  }

  get made(): string {
    return this.state === 'running' ? 'Being made anew…' : `Made ${formatAgo(this.madeAt)}`;
  }

  get canAcceptAll(): boolean {
    return this.mayWrite && this.kind === 'formatting' && (this.counts?.formatting ?? 0) > 0;
  }

  get acceptAllLabel(): string {
    return `Accept all ${formatNumber(this.counts?.formatting)}`;
  }

  get describe(): (row: MatchRow) => Row {
    return (row) => {
      const shown = describeMatch(row, this.connectionId, this.mayWrite);
      this.rowsById.set(shown.id, row);
      return shown;
    };
  }

  get hasIdentifier(): boolean {
    return this.connection?.identifier !== null;
  }

  get identifierLink(): string {
    return linkTo(this.connectionId, 'identifier');
  }

  handleTab(event: CustomEvent<string>): void {
    this.kind = event.detail;
    this.refusal = null;
  }

  handleLoad(event: CustomEvent<MatchReport>): void {
    const { counts, madeAt, state } = event.detail;
    this.counts = counts;
    this.madeAt = madeAt;
    this.state = state;
  }

  async handleRefresh(): Promise<void> {
    await this.act(async () => {
      await callApi('POST', `${this.base}/matches/refresh`);
      this.state = 'running';
    }, 'The report is being made anew.');
  }

  async handleAcceptAll(): Promise<void> {
    const isSure = await ask({
      title: 'Accept all suggestions?',
      message:
        'Each customer is linked to the Account whose value differs only in form. Every link can be undone.',
      confirmLabel: 'Accept all',
    });
    if (isSure) await this.accept({ all: true });
  }

  async accept(body: { all: true } | { customerIds: string[] }): Promise<void> {
    await this.act(async () => {
      const { linked } = await callApi<{ linked: number }>('POST', `${this.base}/links/accept`, body);
      say(`Linked: ${formatNumber(linked)}.`);
      await this.table?.refresh();
    });
  }

  async handleRowAction(event: CustomEvent<RowAction>): Promise<void> {
    const { name, rowId } = event.detail;
    const row = this.rowsById.get(rowId);
    const { customerId } = row ?? {};
    if (!row || !customerId) return;
    const path = `${this.base}/links/${encodeURIComponent(customerId)}`;
    if (name === 'accept') await this.accept({ customerIds: [customerId] });
    if (name === 'link') this.linking = row;
    if (name === 'unlink')
      await this.change(
        () => callApi('DELETE', path),
        'Unlinked: the customer stays unmatched until you link it or undo this.',
      );
    if (name === 'undo') await this.change(() => callApi('POST', `${path}/undo`), 'Undone.');
  }

  async handleLinked(): Promise<void> {
    this.linking = null;
    await this.table?.refresh();
  }

  handleLinkingEnd(): void {
    this.linking = null;
  }

  async change(doing: () => Promise<unknown>, done: string): Promise<void> {
    await this.act(async () => {
      await doing();
      await this.table?.refresh();
    }, done);
  }
}
