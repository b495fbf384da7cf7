import { callApi, toProblem } from '../../../api/call-api.ts';
import type { ImportedField, ImportFields, ImportRun, ImportSettings } from '../../../api/import-shapes.ts';
import { count, formatMoment, formatNumber } from '../../../format.ts';
import { ask } from '../../../shell/say.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';
import type PagedTable from '../pagedTable/pagedTable.ts';

const POLL_IN_MILLISECONDS = 1500;

export type ImportChoice = Pick<ImportSettings, 'owners' | 'contacts' | 'filter' | 'positions' | 'fields'>;

const KINDS = {
  changes: 'What changed',
  full: 'Everything',
  purge: 'After a change of the settings',
  removal: 'Removal after disconnecting',
};
const NOTHING: ImportChoice = { owners: false, contacts: false, filter: null, positions: null, fields: [] };

/** “1,200 contacts created”, for what a run did. */
const describeCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([name, amount]) => amount > 0 && /^(owners|contacts|fields)\.(?!read|changed|gone)/.test(name))
    .map(([name, amount]) => `${formatNumber(amount)} ${name.replace('.', ' ')}`)
    .join(', ');

const sumOf = (counts: Record<string, number>, ending: RegExp): number =>
  Object.entries(counts).reduce((sum, [name, amount]) => (ending.test(name) ? sum + amount : sum), 0);

/** What comes from Salesforce to Upflow. */
export default class ImportPage extends Page {
  columns: Column[] = [
    { label: 'Run' },
    { label: 'State' },
    { label: 'Read', align: 'end' },
    { label: 'Sent' },
    { label: 'Skipped', align: 'end' },
    { label: 'Started' },
  ];
  settings: ImportSettings | null = null;
  available: ImportFields | null = null;
  /** Why the fields cannot be listed. */
  fieldsProblem = '';
  /** What was changed and not yet saved. */
  edit: ImportChoice | null = null;
  active: ImportRun | null = null;

  connectedCallback(): void {
    void this.load();
    this.every(POLL_IN_MILLISECONDS, async () => {
      if (this.active) await this.fetchRuns();
    });
  }

  get shownChoice(): ImportChoice {
    return this.edit ?? this.settings ?? NOTHING;
  }

  get hasChanges(): boolean {
    return this.edit !== null;
  }

  get isConnected(): boolean {
    return this.connection?.state === 'connected';
  }

  get canRun(): boolean {
    return this.mayWrite && this.isReady && this.isConnected && !this.active;
  }

  get canRunFull(): boolean {
    return this.canRun;
  }

  get runsPath(): string {
    return `${this.base}/import-runs`;
  }

  get errors(): Record<string, string> {
    return Object.fromEntries((this.refusal?.errors ?? []).map(({ field, problem }) => [field, problem]));
  }

  get describe(): (run: ImportRun) => Row {
    return ({ id, kind, state, counts, reason, createdAt, startedBy }) => ({
      id,
      name: KINDS[kind],
      cells: [
        { text: KINDS[kind] },
        { state, reason },
        { text: formatNumber(sumOf(counts, /^(accounts|contacts|owners)\.read$/)) },
        { text: describeCounts(counts) || (state === 'done' ? 'Nothing: all was as it should be' : '–') },
        { text: formatNumber(sumOf(counts, /^skipped\./)) },
        {
          text: formatMoment(createdAt),
          note: startedBy === 'schedule' ? 'every ten minutes' : `by ${startedBy}`,
        },
      ],
    });
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.settings = await callApi<ImportSettings>('GET', `${this.base}/import-settings`);
      await this.fetchRuns();
    });
    await this.loadFields();
  }

  /** The page is of use without them: Salesforce or Upflow may be away. */
  async loadFields(): Promise<void> {
    try {
      this.available = await callApi<ImportFields>('GET', `${this.base}/import-fields`);
      this.fieldsProblem = '';
    } catch (error) {
      const { detail, action } = toProblem(error);
      this.fieldsProblem = [detail, action].filter(Boolean).join(' ');
    }
  }

  async fetchRuns(): Promise<void> {
    const { rows } = await callApi<{ rows: ImportRun[] }>('GET', `${this.base}/import-runs?limit=1`);
    const [newest] = rows;
    const was = this.active;
    this.active = newest?.state === 'running' || newest?.state === 'waiting' ? newest : null;
    if (was && !this.active) await this.refreshTables();
  }

  async refreshTables(): Promise<void> {
    this.settings = await callApi<ImportSettings>('GET', `${this.base}/import-settings`);
    const table = this.template?.querySelector<HTMLElement & PagedTable>('console-paged-table');
    await table?.refresh();
    await this.template
      ?.querySelector<HTMLElement & { refresh(): Promise<void> }>('console-import-skipped')
      ?.refresh();
  }

  handleChoose(event: CustomEvent<Partial<ImportChoice>>): void {
    const { owners, contacts, filter, positions, fields } = this.shownChoice;
    this.edit = { owners, contacts, filter, positions, fields, ...event.detail };
  }

  handleDiscard(): void {
    this.edit = null;
    this.refusal = null;
  }

  async handleSave(): Promise<void> {
    if (!(await this.confirmContacts())) return;
    const { fields, ...choice } = this.shownChoice;
    const body = { ...choice, fields: fields.map(toRequest) };
    const isSaved = await this.act(async () => {
      this.settings = await callApi<ImportSettings>('PUT', `${this.base}/import-settings`, body);
      this.edit = null;
    }, 'The import is saved.');
    if (isSaved) {
      await this.fetchRuns();
      await this.loadFields();
    }
  }

  /** Both ways are hard to take back. */
  async confirmContacts(): Promise<boolean> {
    const isOn = this.shownChoice.contacts;
    const { contacts: wasOn = false, imported } = this.settings ?? {};
    if (isOn === wasOn) return true;
    if (isOn) {
      return ask({
        title: 'Import contacts?',
        message:
          'This replaces the contacts from your billing tool: for each matched customer, the contacts of its Account take their place, and the others are deleted in Upflow. The two sources cannot be combined.',
        confirmLabel: 'Replace contacts',
        isDestructive: true,
      });
    }
    return ask({
      title: 'Stop importing contacts?',
      message: `This removes ${count(imported?.contacts ?? 0, 'contact')} that came from Salesforce from Upflow. Upflow then takes those of your billing tool again.`,
      confirmLabel: 'Remove contacts',
      isDestructive: true,
    });
  }

  async handleRun(): Promise<void> {
    await this.run(false);
  }

  async handleRunFull(): Promise<void> {
    await this.run(true);
  }

  async run(full: boolean): Promise<void> {
    await this.act(async () => {
      this.active = await callApi<ImportRun>('POST', `${this.base}/import-runs`, { full });
    }, 'The import has begun.');
  }
}

function toRequest({ level, field, upflowId, create }: ImportedField): ImportedField {
  return create ? { level, field, create } : { level, field, upflowId: upflowId ?? '' };
}
