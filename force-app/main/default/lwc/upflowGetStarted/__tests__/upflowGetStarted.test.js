import { createElement } from 'lwc';
import { getListRecordsByName } from 'lightning/uiListsApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import UpflowGetStarted from 'c/upflowGetStarted';

const SYNCED = 'Upflow_Synced_Accounts';
const ATTENTION = 'Upflow_Needs_Attention';

const ALL_RIGHTS = {
  Outstanding_Amount__c: { apiName: 'Outstanding_Amount__c', updateable: false },
  Shared_Identifier__c: { apiName: 'Shared_Identifier__c', updateable: true }
};

const listOf = (count) => ({
  records: Array.from({ length: count }, (_, index) => ({
    id: String(index),
    apiName: 'Account',
    fields: {}
  })),
  nextPageToken: null
});

async function show({ fields = ALL_RIGHTS, synced = 0, attention = 0, consoleUrl } = {}) {
  const page = createElement('c-upflow-get-started', { is: UpflowGetStarted });
  page.consoleUrl = consoleUrl;
  document.body.append(page);
  await Promise.resolve();
  getObjectInfo.emit({ apiName: 'Account', fields });
  getListRecordsByName.emit(listOf(synced), ({ listViewApiName }) => listViewApiName === SYNCED);
  getListRecordsByName.emit(listOf(attention), ({ listViewApiName }) => listViewApiName === ATTENTION);
  await Promise.resolve();
  return page;
}

const findStep = (page, key) => page.shadowRoot.querySelector(`[data-step="${key}"]`);
const readState = (page, key) => findStep(page, key).querySelector('[data-state]').textContent;
const readText = (page, key) => findStep(page, key).querySelector('.text').textContent;
const findLink = (page, key) => findStep(page, key).querySelector('[data-link]');

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

describe('upflowGetStarted', () => {
  it('begins with the permission sets when the admin has none', async () => {
    const page = await show({ fields: {} });
    expect(readState(page, 'rights')).toBe('c.Start_Next');
    expect(readState(page, 'connect')).toBe('c.Start_To_Do');
    await expect(page).toBeAccessible();
  });

  it('goes on with the connection once the admin may manage the identifier', async () => {
    const page = await show();
    expect(readState(page, 'rights')).toBe('c.Start_Done');
    expect(readState(page, 'connect')).toBe('c.Start_Next');
  });

  it('does not count the permission as given to one who only reads', async () => {
    const fields = { ...ALL_RIGHTS, Shared_Identifier__c: { updateable: false } };
    expect(readState(await show({ fields }), 'rights')).toBe('c.Start_Next');
  });

  it('counts the connection as made once an Account was synced', async () => {
    const page = await show({ synced: 1 });
    expect(readState(page, 'connect')).toBe('c.Start_Done');
    expect(readState(page, 'page')).toBe('c.Start_Next');
    expect(readState(page, 'attention')).toBe('c.Start_Done');
  });

  it('leads to the Accounts that need attention', async () => {
    const page = await show({ synced: 1, attention: 2 });
    expect(readText(page, 'attention')).toBe('c.Start_Attention_Many');
    expect(readState(page, 'attention')).toBe('c.Start_To_Do');
    expect(findLink(page, 'attention').getAttribute('href')).toContain(`filterName=${ATTENTION}`);
  });

  it('links to the console in a new tab when its address is known', async () => {
    const page = await show({ consoleUrl: 'https://upflow-sync.example.com/console' });
    expect(findLink(page, 'connect').href).toBe('https://upflow-sync.example.com/console');
    expect(findLink(page, 'connect').target).toBe('_blank');
  });

  it.each([undefined, '', 'javascript:alert(1)', 'http://insecure.example.com'])(
    'says where to fill in the address rather than link to %p',
    async (consoleUrl) => {
      const page = await show({ consoleUrl });
      expect(findLink(page, 'connect')).toBeNull();
      expect(readText(page, 'connect')).toBe('c.Start_Connect_No_Link');
    }
  );
});
