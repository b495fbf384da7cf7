import { createElement } from 'lwc';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { getRecord } from 'lightning/uiRecordApi';
import UpflowOverdueAlert from 'c/upflowOverdueAlert';

const mockNavigate = jest.fn();

// The stub of the test kit goes nowhere, and does not tell where it was sent.
jest.mock('lightning/navigation', () => {
  const stub = jest.requireActual('@salesforce/sfdx-lwc-jest/src/lightning-stubs/navigation/navigation');
  const { Navigate } = stub.NavigationMixin;
  const NavigationMixin = (Base) =>
    class extends stub.NavigationMixin(Base) {
      [Navigate](page) {
        mockNavigate(page);
      }
    };
  return { ...stub, NavigationMixin: Object.assign(NavigationMixin, stub.NavigationMixin) };
});

const DAY = 24 * 60 * 60 * 1000;

/** The days are those of the user's time zone, at whatever hour the tests run. */
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date());
const daysAgo = (days) => new Date(Date.parse(today) - days * DAY).toISOString().slice(0, 10);

const LATE = {
  Id: '001000000000001AAA',
  Name: 'Edge Communications',
  Overdue_Amount__c: 400,
  Overdue_Invoices__c: 3,
  Oldest_Overdue_Date__c: daysAgo(12),
  Collection_Status__c: 'Active',
  Balance_Currency__c: 'EUR'
};

const toFields = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, displayValue: null }]));

const toAccount = (values) => ({ id: values.Id, apiName: 'Account', fields: toFields(values) });

/** An Opportunity carries its Account's fields as a record within the record. */
const toOpportunity = (values) => ({
  id: '006000000000001AAA',
  apiName: 'Opportunity',
  fields: {
    AccountId: { value: values.Id, displayValue: null },
    Account: { value: toAccount(values), displayValue: values.Name }
  }
});

function open(objectApiName, options = {}) {
  const alert = createElement('c-upflow-overdue-alert', { is: UpflowOverdueAlert });
  Object.assign(alert, { objectApiName, recordId: '001000000000001AAA', ...options });
  document.body.append(alert);
  return alert;
}

/** All that the component still has to do before it waits for someone. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function show(record, options) {
  const alert = open(record.apiName, options);
  getRecord.emit(record);
  await settle();
  return alert;
}

const find = (alert, id) => alert.shadowRoot.querySelector(`[data-id="${id}"]`);
const readDetails = (alert) => [...alert.shadowRoot.querySelectorAll('li')].map((item) => item.textContent);

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

describe('upflowOverdueAlert', () => {
  it('asks an Opportunity for the figures of its Account, all of them optional', async () => {
    open('Opportunity');
    await settle();
    const { fields, optionalFields } = getRecord.getLastConfig();
    expect(fields).toBeUndefined();
    expect(optionalFields).toContainEqual({
      objectApiName: 'Opportunity',
      fieldApiName: 'Account.Overdue_Amount__c'
    });
  });

  it('opens the Account where the app opens its pages, unless a tab of its own is asked for', async () => {
    const alert = await show(toOpportunity(LATE));
    /** Whether the browser is left to follow the link itself, which the test's own browser cannot do. */
    const click = (options) => {
      let isLeftToBrowser;
      const listen = (event) => {
        isLeftToBrowser = !event.defaultPrevented;
        event.preventDefault();
      };
      document.addEventListener('click', listen, { once: true });
      const init = { bubbles: true, composed: true, cancelable: true, ...options };
      find(alert, 'account').dispatchEvent(new MouseEvent('click', init));
      return isLeftToBrowser;
    };
    expect(click({ ctrlKey: true })).toBe(true);
    expect(mockNavigate).not.toHaveBeenCalled();
    expect(click()).toBe(false);
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { recordId: '001000000000001AAA', objectApiName: 'Account', actionName: 'view' }
    });
  });

  it('shows amount, age and a link to the Account on an Opportunity', async () => {
    const alert = await show(toOpportunity(LATE));
    expect(find(alert, 'headline').textContent).toBe('c.Alert_Amount');
    expect(readDetails(alert)).toEqual(['c.Alert_Late_Many', 'c.Invoices_Many']);
    expect(find(alert, 'account').textContent).toBe('Edge Communications');
    expect(find(alert, 'account').href).toContain('https://');
    await expect(alert).toBeAccessible();
  });

  it('needs no link on the Account itself', async () => {
    const alert = await show(toAccount(LATE));
    expect(find(alert, 'alert')).not.toBeNull();
    expect(find(alert, 'account')).toBeNull();
  });

  it('says that reminders are paused, as the rep would otherwise expect them', async () => {
    const alert = await show(toAccount({ ...LATE, Collection_Status__c: 'Paused' }));
    expect(readDetails(alert)).toContain('c.Alert_Paused');
  });

  it.each([
    ['nothing is overdue', { Overdue_Amount__c: 0 }, {}],
    ['there is a credit', { Overdue_Amount__c: -5 }, {}],
    ['no figure was ever written', { Overdue_Amount__c: null }, {}],
    ['the amount is below the threshold', {}, { minimumAmount: 401 }],
    ['it is late for fewer days than the threshold', {}, { minimumDays: 13 }]
  ])('is silent when %s', async (_reason, values, options) => {
    const alert = await show(toAccount({ ...LATE, ...values }), options);
    expect(alert.shadowRoot.querySelector(':not(style)')).toBeNull();
  });

  it('is silent for a user who may not see the figures', async () => {
    const alert = await show({ id: '1', apiName: 'Account', fields: {} });
    expect(alert.shadowRoot.querySelector(':not(style)')).toBeNull();
  });

  it('speaks exactly at both thresholds', async () => {
    const alert = await show(toAccount(LATE), { minimumAmount: 400, minimumDays: 12 });
    expect(find(alert, 'alert')).not.toBeNull();
  });

  it('does not keep silent about a known amount whose age is unknown', async () => {
    const alert = await show(toAccount({ ...LATE, Oldest_Overdue_Date__c: null }), { minimumDays: 5 });
    expect(find(alert, 'alert')).not.toBeNull();
  });

  it('says when it could not be checked, so that silence stays good news', async () => {
    const alert = open('Account');
    getRecord.error({ message: 'Server is busy' }, 500);
    await settle();
    expect(find(alert, 'failed').message).toBe('c.Alert_Failed');
    await expect(alert).toBeAccessible();
  });
});
