import { api, LightningElement } from 'lwc';
import { callApi, toProblem, toQuery } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { Paged } from '../../../api/shapes.ts';
import { count } from '../../../format.ts';
import type { Column, Row } from '../../../shell/table.ts';

const SEARCH_DELAY_IN_MILLISECONDS = 300;

type Filters = Record<string, string | number | null | undefined>;

/** A list of the API's, one page at a time, with search. Cursors of the pages gone through lead back. */
export default class PagedTable extends LightningElement {
  @api caption = '';
  @api columns: Column[] = [];
  /** Turns a row of the API's into one of the table's. */
  @api describe: (row: never) => Row = () => ({ id: '', name: '', cells: [] });
  @api limit = 25;
  /** Label of the search field; none when empty. */
  @api searchLabel = '';
  @api emptyHeading = 'Nothing here';
  @api emptyText = '';
  @api isSelectable = false;
  @api selected: string[] = [];

  address = '';
  filterValues: Filters = {};
  answer: Paged<unknown> | null = null;
  problem: ProblemView | null = null;
  isBusy = true;
  search = '';
  /** Cursors of this page and those before it; the first page has none. */
  cursors: (string | null)[] = [null];
  timer = 0;
  turn = 0;
  isConnectedToPage = false;

  @api get path(): string {
    return this.address;
  }
  set path(path: string) {
    this.address = path;
    this.startOver();
  }

  @api get filters(): Filters {
    return this.filterValues;
  }
  set filters(filters: Filters) {
    const isSame = JSON.stringify(filters) === JSON.stringify(this.filterValues);
    this.filterValues = filters;
    if (!isSame) this.startOver();
  }

  /** Fetches the page that is shown anew. */
  @api async refresh(): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    this.isBusy = true;
    const query = {
      ...this.filterValues,
      search: this.search,
      limit: this.limit,
      after: this.cursors.at(-1),
    };
    try {
      const answer = await callApi<Paged<unknown>>('GET', this.address + toQuery(query));
      if (turn !== this.turn) return;
      this.answer = answer;
      this.problem = null;
      this.dispatchEvent(new CustomEvent('load', { detail: answer }));
    } catch (error) {
      if (turn === this.turn) this.problem = toProblem(error);
    } finally {
      if (turn === this.turn) this.isBusy = false;
    }
  }

  connectedCallback(): void {
    this.isConnectedToPage = true;
    void this.refresh();
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.turn += 1;
  }

  startOver(): void {
    this.cursors = [null];
    if (this.isConnectedToPage) void this.refresh();
  }

  get tableRows(): Row[] {
    const describe = this.describe as (row: unknown) => Row;
    return (this.answer?.rows ?? []).map((row) => describe(row));
  }

  get isFirstLoad(): boolean {
    return this.isBusy && !this.answer;
  }

  get isEmpty(): boolean {
    return this.answer?.rows.length === 0;
  }

  get hasRows(): boolean {
    return (this.answer?.rows.length ?? 0) > 0;
  }

  get nothingHeading(): string {
    return this.search ? `Nothing is found for “${this.search}”` : this.emptyHeading;
  }

  get nothingText(): string {
    return this.search ? 'Search for less of the name, or for the exact value.' : this.emptyText;
  }

  get hasPages(): boolean {
    return this.cursors.length > 1 || Boolean(this.answer?.next);
  }

  get isFirstPage(): boolean {
    return this.cursors.length === 1;
  }

  get isLastPage(): boolean {
    return !this.answer?.next;
  }

  get pageText(): string {
    return `Page ${this.cursors.length}`;
  }

  /** Said to those who cannot see the table change. */
  get summary(): string {
    return this.isBusy || !this.answer ? '' : `${count(this.answer.rows.length, 'row')} shown`;
  }

  handleSearch(event: Event): void {
    this.search = (event.currentTarget as HTMLInputElement).value.trim();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.startOver(), SEARCH_DELAY_IN_MILLISECONDS);
  }

  handleNext(): void {
    if (!this.answer?.next) return;
    this.cursors = [...this.cursors, this.answer.next];
    void this.refresh();
  }

  handlePrevious(): void {
    this.cursors = this.cursors.slice(0, -1);
    void this.refresh();
  }

  handleRowAction(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('rowaction', { detail: event.detail as unknown }));
  }

  handleSelection(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('selectionchange', { detail: event.detail as unknown }));
  }
}
