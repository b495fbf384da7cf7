import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { NavigationMixin } from 'lightning/navigation';
import { chooseCurrency } from 'c/upflowFormat';
import CHECK_FAILED from '@salesforce/label/c.Alert_Failed';
import OPEN_ACCOUNT from '@salesforce/label/c.Alert_Open_Account';
import { describeAlert } from './describeAlert';
import { listFields, readOverdue } from './readOverdue';

/** @typedef {{ data?: import('lightning/uiRecordApi').UiRecord, error?: import('lightning/uiRecordApi').UiError }} Provided */

/** @param {string} accountId */
const toAccountPage = (accountId) => ({
  type: 'standard__recordPage',
  attributes: { recordId: accountId, objectApiName: 'Account', actionName: 'view' }
});

/** Says on an Account, or on an Opportunity of it, that the customer is late. Says nothing when all is well. */
export default class UpflowOverdueAlert extends NavigationMixin(LightningElement) {
  labels = { CHECK_FAILED, OPEN_ACCOUNT };

  /**
   * Id of the record, given by the record page.
   * @type {string | undefined}
   */
  @api recordId;

  /**
   * Object of the record, given by the record page.
   * @type {string | undefined}
   */
  @api objectApiName;

  /**
   * Stays silent below this amount, in the currency of the Account's figures.
   * @type {number}
   */
  @api minimumAmount = 0;

  /**
   * Stays silent while nothing is late for so many days.
   * @type {number}
   */
  @api minimumDays = 0;

  /** @type {import('./readOverdue').Overdue | undefined} */
  overdue;

  hasFailed = false;

  /** @type {string | undefined} */
  accountUrl;

  get fields() {
    return this.objectApiName ? listFields(this.objectApiName) : undefined;
  }

  /** @param {Provided} provided */
  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  async receiveRecord({ data, error }) {
    this.hasFailed = Boolean(error);
    this.overdue = data && readOverdue(data);
    this.accountUrl = undefined;
    const accountId = this.overdue?.accountId;
    if (!accountId || this.objectApiName === 'Account') return;
    const url = await this[NavigationMixin.GenerateUrl](toAccountPage(accountId));
    // Meanwhile the page may have turned to a record of another Account.
    if (this.overdue?.accountId === accountId) this.accountUrl = url;
  }

  /**
   * Opens the Account where the app opens its pages, such as a tab of a console app. The link's address is for those
   * who ask for a tab or window of their own.
   * @param {MouseEvent} event
   */
  openAccount(event) {
    const accountId = this.overdue?.accountId;
    if (!accountId || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](toAccountPage(accountId));
  }

  get alert() {
    if (!this.overdue) return undefined;
    const { minimumAmount, minimumDays } = this;
    const currency = chooseCurrency(this.overdue.balanceCurrency, this.overdue.recordCurrency);
    return describeAlert(this.overdue, { currency, minimumAmount, minimumDays });
  }
}
