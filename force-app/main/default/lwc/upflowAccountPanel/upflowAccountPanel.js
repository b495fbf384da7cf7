import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { isHidden, OPTIONAL_FIELDS, readAccount } from 'c/upflowAccount';
import { chooseCurrency, isOlderThan, toSecureLink } from 'c/upflowFormat';
import LAST_SYNCED from '@salesforce/label/c.Last_Synced';
import LOADING from '@salesforce/label/c.Loading';
import NEVER_SYNCED from '@salesforce/label/c.Never_Synced';
import NEW_TAB from '@salesforce/label/c.Opens_New_Tab';
import OUTSTANDING from '@salesforce/label/c.Outstanding';
import REFRESH from '@salesforce/label/c.Refresh';
import REFRESHING from '@salesforce/label/c.Refreshing';
import RETRY from '@salesforce/label/c.Retry';
import TITLE from '@salesforce/label/c.Panel_Title';
import UPFLOW_PAGE from '@salesforce/label/c.Upflow_Page';
import { describeAgeing, describeBalance, describeTiles } from './describeBalance';
import { describeFacts } from './describeFacts';
import { describeFailure, describeNotices, hasFigures, NO_ACCESS_NOTICE } from './describeState';

const USUAL_STALE_AFTER_HOURS = 24;

/** @typedef {{ data?: import('lightning/uiRecordApi').UiRecord, error?: import('lightning/uiRecordApi').UiError }} Provided */

export default class UpflowAccountPanel extends LightningElement {
  labels = {
    LOADING,
    NEVER_SYNCED,
    OUTSTANDING,
    REFRESH,
    REFRESHING,
    RETRY,
    TITLE,
    UPFLOW_PAGE,
    // Templates drop the blank between two elements, and these two stand beside one.
    LAST_SYNCED: `${LAST_SYNCED} `,
    NEW_TAB: ` ${NEW_TAB}`
  };

  /** @type {string | undefined} */
  requestedId;

  /** @type {import('c/upflowAccount').Account | undefined} */
  account;

  /** @type {import('lightning/uiRecordApi').UiError | undefined} */
  error;

  isRefreshing = false;

  /**
   * How much the panel shows: Full, or Compact for the balance alone.
   * @type {string}
   */
  @api density = 'Full';

  /** Leaves out the ageing of what is late. */
  @api hideAgeing = false;

  /** Leaves out rating, delay, next action and the like. */
  @api hideDetails = false;

  /** Leaves out the link to the customer portal. */
  @api hidePortal = false;

  /**
   * Warns when the figures are older than so many hours.
   * @type {number}
   */
  @api staleAfterHours = USUAL_STALE_AFTER_HOURS;

  /** Id of the Account, given by the record page. */
  @api
  get recordId() {
    return this.requestedId;
  }
  set recordId(id) {
    this.request(id);
  }

  /** @param {Provided} provided */
  @wire(getRecord, { recordId: '$requestedId', optionalFields: OPTIONAL_FIELDS })
  receiveRecord({ data, error }) {
    if (!data && !error) return;
    this.account = data && readAccount(data);
    this.error = error;
  }

  get isLoading() {
    return !this.account && !this.error;
  }

  get isReadable() {
    return Boolean(this.account) && !isHidden(this.loaded);
  }

  get hasFigures() {
    return this.isReadable && hasFigures(this.loaded);
  }

  get notices() {
    if (this.error) return [describeFailure(this.error)];
    if (!this.account) return [];
    return this.isReadable ? describeNotices(this.loaded, this.staleAfter) : [NO_ACCESS_NOTICE];
  }

  get balance() {
    return describeBalance(this.loaded, this.currency);
  }

  get tiles() {
    return describeTiles(this.loaded, this.currency);
  }

  get isCompact() {
    return this.density === 'Compact';
  }

  /** A blank or senseless setting of the page must not mark every figure as old. */
  get staleAfter() {
    return this.staleAfterHours > 0 ? Number(this.staleAfterHours) : USUAL_STALE_AFTER_HOURS;
  }

  get buckets() {
    return describeAgeing(this.loaded);
  }

  get hasAgeing() {
    return !this.isCompact && !this.hideAgeing && this.buckets.some(({ amount }) => amount > 0);
  }

  get facts() {
    return this.isCompact || this.hideDetails ? [] : describeFacts(this.loaded);
  }

  get currency() {
    return chooseCurrency(this.loaded.balanceCurrency, this.loaded.recordCurrency);
  }

  get showsPortal() {
    return this.hasFigures && !this.hidePortal && this.loaded.portalLink !== undefined;
  }

  get upflowPage() {
    return this.isReadable ? toSecureLink(this.loaded.customerPage) : undefined;
  }

  /** lightning-relative-date-time shows nothing for an ISO text, so it gets the moment as a number. */
  get lastSynced() {
    return this.loaded.lastSynced ? Date.parse(this.loaded.lastSynced) : undefined;
  }

  get syncClass() {
    return isOlderThan(this.loaded.lastSynced, this.staleAfter) ? 'sync late' : 'sync';
  }

  get showsSync() {
    return this.isReadable && this.loaded.lastSynced !== undefined;
  }

  /** The template reads the account only where one is loaded. */
  get loaded() {
    return /** @type {import('c/upflowAccount').Account} */ (this.account);
  }

  /** @param {string | undefined} id */
  request(id) {
    this.requestedId = id;
    this.account = undefined;
    this.error = undefined;
  }

  /** The button stays enabled meanwhile: disabling it would drop the keyboard's focus. */
  async handleRefresh() {
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    try {
      await notifyRecordUpdateAvailable([{ recordId: String(this.requestedId) }]);
    } finally {
      this.isRefreshing = false;
    }
  }

  /** After an error there is no cached record to refresh: taking the id away and giving it back asks anew. */
  async handleRetry() {
    const id = this.requestedId;
    this.request(undefined);
    await Promise.resolve();
    this.request(id);
  }
}
