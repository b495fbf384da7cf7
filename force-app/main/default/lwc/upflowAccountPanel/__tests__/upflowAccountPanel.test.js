import { createElement } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import UpflowAccountPanel from 'c/upflowAccountPanel';
import { BLANK, FULL, STALE, toRecord } from './data/records';

const RECORD_ID = '001000000000001AAA';

function openPanel(options = {}) {
  const panel = createElement('c-upflow-account-panel', { is: UpflowAccountPanel });
  Object.assign(panel, { recordId: RECORD_ID, ...options });
  document.body.append(panel);
  return panel;
}

async function show(values, options) {
  const panel = openPanel(options);
  getRecord.emit(toRecord(values));
  await Promise.resolve();
  return panel;
}

const find = (panel, selector) => panel.shadowRoot.querySelector(selector);
const listNotices = (panel) =>
  [...panel.shadowRoot.querySelectorAll('[data-notice]')].map(({ dataset }) => dataset.notice);
const readFact = (panel, name) => find(panel, `[data-fact="${name}"] dd`)?.textContent;

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

describe('upflowAccountPanel', () => {
  it('asks for every field as optional, so that hidden fields never fail the rest', async () => {
    openPanel();
    await Promise.resolve();
    const { recordId, fields, optionalFields } = getRecord.getLastConfig();
    expect(recordId).toBe(RECORD_ID);
    expect(fields).toBeUndefined();
    expect(optionalFields).toContain('Account.CurrencyIsoCode');
    expect(optionalFields).toContainEqual({
      objectApiName: 'Account',
      fieldApiName: 'Outstanding_Amount__c'
    });
  });

  it('says that it is loading until the record arrives', async () => {
    const panel = openPanel();
    expect(find(panel, 'lightning-spinner')).not.toBeNull();
    expect(find(panel, '[data-figure]')).toBeNull();
    await expect(panel).toBeAccessible();
  });

  it('shows the figures in the currency of the balance', async () => {
    const panel = await show(FULL);
    expect(find(panel, '[data-figure="outstanding"]').textContent).toBe('€1,000.00');
    expect(find(panel, '[data-figure="overdue"]').textContent).toBe('€400.00');
    expect(find(panel, '.alarming')).not.toBeNull();
    expect(listNotices(panel)).toEqual([]);
    await expect(panel).toBeAccessible();
  });

  it('shows calendar days as they were written and codes as words', async () => {
    const panel = await show(FULL);
    expect(readFact(panel, 'last-payment')).toContain('Nov 2, 2026');
    expect(readFact(panel, 'next-action')).toContain('Nov 25, 2026');
    expect(readFact(panel, 'payment-method')).toContain('Card');
  });

  it('counts no days since a due date that is today, or tomorrow, where the user is', async () => {
    const day = (days) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const dayOnly = /^\w{3} \d{1,2}, \d{4}$/;
    expect(readFact(await show({ ...FULL, Oldest_Overdue_Date__c: day(2) }), 'oldest')).toMatch(dayOnly);
    expect(readFact(await show(FULL), 'oldest')).toContain('c.Days_Many');
  });

  it('alarms nobody when nothing is late', async () => {
    const panel = await show({ ...FULL, Overdue_Amount__c: 0 });
    expect(find(panel, '.alarming')).toBeNull();
  });

  it.each([
    ['all clear', { ...FULL, Outstanding_Amount__c: 0, Overdue_Amount__c: 0, Due_Amount__c: 0 }, ['clear']],
    ['stale', STALE, ['stale']],
    ['in need of attention', { ...STALE, Sync_Status__c: 'Needs attention' }, ['attention']],
    ['without figures', BLANK, ['empty']],
    [
      'without figures and in need of attention',
      { ...BLANK, Sync_Status__c: 'Needs attention' },
      ['attention']
    ],
    ['hidden from the user', {}, ['no-access']]
  ])('says so when the figures are %s', async (_state, values, notices) => {
    const panel = await show(values);
    expect(listNotices(panel)).toEqual(notices);
    await expect(panel).toBeAccessible();
  });

  it('shows what the user may see when some fields are hidden', async () => {
    const { Overdue_Amount__c, Payer_Rating__c, Last_Synced__c } = FULL;
    const panel = await show({ Overdue_Amount__c, Payer_Rating__c, Last_Synced__c });
    expect(find(panel, '[data-figure="overdue"]')).not.toBeNull();
    expect(find(panel, '[data-figure="outstanding"]')).toBeNull();
    expect(find(panel, 'c-upflow-portal-link')).toBeNull();
    expect(readFact(panel, 'rating')).toContain('A');
  });

  it('never links to an address that is not secure', async () => {
    const panel = await show({ ...FULL, Customer_Page__c: 'javascript:alert(1)' });
    expect(find(panel, '[data-id="upflow-page"]')).toBeNull();
  });

  it('asks Lightning Data Service for new figures on refresh', async () => {
    const panel = await show(FULL);
    find(panel, '[data-id="refresh"]').click();
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: RECORD_ID }]);
  });

  it('gives the reason of a failure and asks anew on retry', async () => {
    const panel = openPanel();
    getRecord.error([{ errorCode: 'NOT_FOUND', message: 'It is gone.' }], 404);
    await Promise.resolve();
    expect(listNotices(panel)).toEqual(['error']);
    await expect(panel).toBeAccessible();

    find(panel, '[data-id="retry"]').click();
    await Promise.resolve();
    await Promise.resolve();
    expect(find(panel, 'lightning-spinner')).not.toBeNull();
    expect(getRecord.getLastConfig().recordId).toBe(RECORD_ID);
  });

  it('shows the balance alone when the page wants it compact', async () => {
    const panel = await show(FULL, { density: 'Compact' });
    expect(find(panel, '[data-figure="overdue"]')).not.toBeNull();
    expect(find(panel, 'c-upflow-ageing-bar')).toBeNull();
    expect(find(panel, '[data-fact]')).toBeNull();
  });

  it.each([
    ['hideAgeing', 'c-upflow-ageing-bar'],
    ['hideDetails', '[data-fact]'],
    ['hidePortal', 'c-upflow-portal-link']
  ])('leaves out what the page hides with %s', async (option, selector) => {
    expect(find(await show(FULL), selector)).not.toBeNull();
    expect(find(await show(FULL, { [option]: true }), selector)).toBeNull();
  });

  it.each([
    [26, []],
    [24, ['stale']],
    [0, ['stale']],
    ['', ['stale']]
  ])('warns of figures of 25 hours when the page says %p hours', async (staleAfterHours, notices) => {
    expect(listNotices(await show(STALE, { staleAfterHours }))).toEqual(notices);
  });
});
