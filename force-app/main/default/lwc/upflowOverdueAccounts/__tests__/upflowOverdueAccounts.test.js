import { createElement } from 'lwc';
import { getListRecordsByName } from 'lightning/uiListsApi';
import UpflowOverdueAccounts from 'c/upflowOverdueAccounts';

const record = (id, values) => ({
  id,
  apiName: 'Account',
  fields: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, displayValue: null }])
  )
});

const EDGE = record('001000000000001AAA', {
  Name: 'Edge Communications',
  Overdue_Amount__c: 6214.25,
  Oldest_Overdue_Date__c: '2026-08-14',
  Payer_Rating__c: 'A',
  Next_Action__c: null,
  Balance_Currency__c: 'EUR'
});

function open(options = {}) {
  const list = createElement('c-upflow-overdue-accounts', { is: UpflowOverdueAccounts });
  Object.assign(list, options);
  document.body.append(list);
  return list;
}

/** All that the component still has to do before it waits for someone. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function show(records, options) {
  const list = open(options);
  getListRecordsByName.emit({ records, nextPageToken: null });
  await settle();
  return list;
}

const findTable = (list) => list.shadowRoot.querySelector('table');
const readTexts = (list, selector) =>
  [...list.shadowRoot.querySelectorAll(selector)].map(({ textContent }) => textContent);

async function pressHeading(list, column) {
  list.shadowRoot.querySelector(`[data-column="${column}"]`).click();
  await settle();
  return getListRecordsByName.getLastConfig().sortBy;
}
const find = (list, id) => list.shadowRoot.querySelector(`[data-id="${id}"]`);

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

describe('upflowOverdueAccounts', () => {
  it('asks for the user’s own overdue Accounts, the largest amount first', async () => {
    open();
    await Promise.resolve();
    expect(getListRecordsByName.getLastConfig()).toMatchObject({
      objectApiName: 'Account',
      listViewApiName: 'Upflow_My_Overdue_Accounts',
      pageSize: 10,
      sortBy: ['-Account.Overdue_Amount__c']
    });
  });

  it('asks for everybody’s Accounts and for more of them when the page says so', async () => {
    open({ scope: 'All', rowCount: 25 });
    await Promise.resolve();
    expect(getListRecordsByName.getLastConfig()).toMatchObject({
      listViewApiName: 'Upflow_Overdue_Accounts',
      pageSize: 25
    });
  });

  it.each([
    [0, 10],
    [-3, 10],
    ['', 10],
    [5000, 100]
  ])('takes %p rows as %p', async (rowCount, pageSize) => {
    open({ rowCount });
    await Promise.resolve();
    expect(getListRecordsByName.getLastConfig().pageSize).toBe(pageSize);
  });

  it('shows a row for each Account, with a link and the amount in its own currency', async () => {
    const list = await show([EDGE]);
    const link = list.shadowRoot.querySelector('tbody a');
    expect(link.getAttribute('href')).toBe(`/lightning/r/Account/${EDGE.id}/view`);
    expect(link.textContent).toBe('Edge Communications');
    expect(readTexts(list, 'td > :last-child')).toEqual(['€6,214.25', 'Aug 14, 2026', 'A', '']);
    expect(find(list, 'list').href).toContain('https://');
    await expect(list).toBeAccessible();
  });

  it('leaves out the columns that the user may not see', async () => {
    const list = await show([record(EDGE.id, { Name: 'Edge Communications', Overdue_Amount__c: 1 })]);
    expect(readTexts(list, 'thead th')).toEqual(['c.Accounts_Account', 'c.Overdue']);
  });

  it('sorts by a column on the server, over all Accounts and not only those shown', async () => {
    const list = await show([EDGE]);
    const order = () => list.shadowRoot.querySelector('[aria-sort$="ending"]').getAttribute('aria-sort');
    expect(order()).toBe('descending');
    expect(await pressHeading(list, 'name')).toEqual(['Account.Name']);
    expect(order()).toBe('ascending');
    expect(await pressHeading(list, 'name')).toEqual(['-Account.Name']);
    expect(await pressHeading(list, 'amount')).toEqual(['-Account.Overdue_Amount__c']);
    await expect(list).toBeAccessible();
  });

  it('says that all is clear when no Account is late', async () => {
    const list = await show([]);
    expect(find(list, 'empty').message).toBe('c.Accounts_None_Mine');
    expect(findTable(list)).toBeNull();
    await expect(list).toBeAccessible();
  });

  it('says that the list could not be loaded', async () => {
    const list = open();
    getListRecordsByName.error();
    await Promise.resolve();
    expect(find(list, 'failed').message).toBe('c.Accounts_Failed');
    await expect(list).toBeAccessible();
  });
});
