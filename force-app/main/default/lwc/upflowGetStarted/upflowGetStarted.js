import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getListRecordsByName } from 'lightning/uiListsApi';
import { toSecureLink } from 'c/upflowFormat';
import INTRO from '@salesforce/label/c.Start_Intro';
import TITLE from '@salesforce/label/c.Start_Title';
import NEW_TAB from '@salesforce/label/c.Opens_New_Tab';
import { describeSteps } from './describeSteps';
import { LIST_VIEWS, readRights } from './readSetup';

/** @typedef {{ data?: import('lightning/uiListsApi').ListRecords, error?: unknown }} ProvidedList */
/** @typedef {{ data?: import('lightning/uiObjectInfoApi').ObjectInfo, error?: unknown }} ProvidedInfo */

/** The way from an installed package to figures on Accounts: what is done, and what comes next. */
export default class UpflowGetStarted extends LightningElement {
  labels = { INTRO, TITLE, NEW_TAB: ` ${NEW_TAB}` };

  /**
   * Address of the console of the service that joins Upflow and this org.
   * @type {string | undefined}
   */
  @api consoleUrl;

  /** @type {import('./readSetup').Rights | undefined} */
  rights;

  /** @type {boolean | undefined} */
  hasSynced;

  /** @type {number | undefined} */
  attentionCount;

  listViews = LIST_VIEWS;

  /** @param {ProvidedInfo} provided */
  @wire(getObjectInfo, { objectApiName: 'Account' })
  receiveInfo({ data }) {
    if (data) this.rights = readRights(data);
  }

  /** @param {ProvidedList} provided */
  @wire(getListRecordsByName, { objectApiName: 'Account', listViewApiName: '$listViews.synced', pageSize: 1 })
  receiveSynced({ data }) {
    if (data) this.hasSynced = data.records.length > 0;
  }

  /** @param {ProvidedList} provided */
  @wire(getListRecordsByName, {
    objectApiName: 'Account',
    listViewApiName: '$listViews.attention',
    pageSize: 100
  })
  receiveAttention({ data }) {
    if (data) this.attentionCount = data.records.length;
  }

  get steps() {
    return describeSteps({
      rights: this.rights,
      hasSynced: this.hasSynced,
      attentionCount: this.attentionCount,
      consoleUrl: toSecureLink(this.consoleUrl)
    });
  }
}
