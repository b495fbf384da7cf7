import { LightningElement, api, wire } from 'lwc';
import { getListRecordsByName } from 'lightning/uiListsApi';
import { NavigationMixin } from 'lightning/navigation';
import FAILED from '@salesforce/label/c.Accounts_Failed';
import LOADING from '@salesforce/label/c.Loading';
import MORE from '@salesforce/label/c.Accounts_See_All';
import NONE_ALL from '@salesforce/label/c.Accounts_None_All';
import NONE_MINE from '@salesforce/label/c.Accounts_None_Mine';
import TITLE_ALL from '@salesforce/label/c.Accounts_Title_All';
import TITLE_MINE from '@salesforce/label/c.Accounts_Title_Mine';
import { chooseColumns, describeHeadings, describeRows, turnDirection } from './describeRows';
import { FIELDS, LIST_VIEWS, sortKey } from './listFields';

const USUAL_ROWS = 10;
const MOST_ROWS = 100;

/** @typedef {import('lightning/uiListsApi').ListRecords} ListRecords */
/** @typedef {{ data?: ListRecords, error?: import('lightning/uiRecordApi').UiError }} Provided */

/** The Accounts that are late, the largest amount first, for home and app pages. */
export default class UpflowOverdueAccounts extends NavigationMixin(LightningElement) {
  labels = { FAILED, LOADING, MORE };

  /**
   * Whose Accounts: Mine or All.
   * @type {string}
   */
  @api scope = 'Mine';

  /**
   * How many Accounts are shown at most.
   * @type {number}
   */
  @api rowCount = USUAL_ROWS;

  /** @type {import('lightning/uiRecordApi').UiRecord[] | undefined} */
  records;

  hasFailed = false;

  /** @type {{ column: string, direction: 'asc' | 'desc' }} */
  sorting = { column: 'amount', direction: 'desc' };

  /** @type {string | undefined} */
  listUrl;

  fields = FIELDS;

  get isMine() {
    return this.scope !== 'All';
  }

  get listViewApiName() {
    return this.isMine ? LIST_VIEWS.mine : LIST_VIEWS.all;
  }

  get sortBy() {
    return [sortKey(this.sorting.column, this.sorting.direction)];
  }

  get pageSize() {
    const rows = Math.trunc(Number(this.rowCount));
    return rows > 0 ? Math.min(rows, MOST_ROWS) : USUAL_ROWS;
  }

  /** @param {Provided} provided */
  @wire(getListRecordsByName, {
    objectApiName: 'Account',
    listViewApiName: '$listViewApiName',
    optionalFields: '$fields',
    pageSize: '$pageSize',
    sortBy: '$sortBy'
  })
  receiveRecords({ data, error }) {
    if (!data && !error) return;
    this.records = data?.records;
    this.hasFailed = Boolean(error);
  }

  /** @override */
  async connectedCallback() {
    this.listUrl = await this[NavigationMixin.GenerateUrl]({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Account', actionName: 'list' },
      state: { filterName: this.listViewApiName }
    });
  }

  get heading() {
    return this.isMine ? TITLE_MINE : TITLE_ALL;
  }

  get isLoading() {
    return !this.records && !this.hasFailed;
  }

  get isEmpty() {
    return this.records?.length === 0;
  }

  get emptyMessage() {
    return this.isMine ? NONE_MINE : NONE_ALL;
  }

  get hasRows() {
    return Boolean(this.records?.length);
  }

  get columns() {
    return chooseColumns(this.records ?? []);
  }

  get headings() {
    return describeHeadings(this.columns, this.sorting);
  }

  get rows() {
    return describeRows(this.records ?? [], this.columns);
  }

  /** @param {Event} event */
  handleSort(event) {
    const { column = '' } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.sorting = { column, direction: turnDirection(column, this.sorting) };
  }
}
