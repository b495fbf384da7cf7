import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('admin');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

describe('the SOAP API, through an unmodified jsforce', () => {
  test('merges Accounts, with values for the master and the ids of what moved with them', async () => {
    const [master = '', loser = ''] = await org.seed([{ Name: 'Master' }, { Name: 'Loser' }]);
    const contact = await connection.sobject('Contact').create({ LastName: 'Moved', AccountId: loser });
    // The typed record of jsforce has no fields: those of the org are not known to it.
    const masterRecord = { type: 'Account', Id: master, Phone: '1 & <2>' };
    const result = await connection.soap.merge({ masterRecord, recordToMergeIds: [loser] });
    expect(result).toEqual({
      errors: [],
      id: master,
      mergedRecordIds: [loser],
      success: true,
      updatedRelatedIds: [contact.id],
    });
    const merged = await connection.sobject('Account').retrieve(master);
    expect(merged.Phone).toBe('1 & <2>');
  });

  test('works on several merges one by one: one that cannot be does not stop the others', async () => {
    const [a = '', b = '', c = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }]);
    const merge = (masterId: string, loser: string) => ({
      masterRecord: { type: 'Account', Id: masterId },
      recordToMergeIds: [loser],
    });
    const results = await connection.soap.merge([merge(a, b), merge(b, c), merge(a, c)]);
    expect(results.map((result) => result.success)).toEqual([true, false, true]);
    expect(results[1]?.errors[0]).toMatchObject({ statusCode: 'ENTITY_IS_DELETED' });
  });

  test('undeletes what is in the recycle bin', async () => {
    const [id = ''] = await org.seed([{ Name: 'Back' }]);
    await connection.sobject('Account').destroy(id);
    expect(await connection.soap.undelete([id])).toEqual([{ errors: [], id, success: true }]);
    expect((await connection.sobject('Account').retrieve(id)).Name).toBe('Back');
    expect(await connection.soap.undelete([id])).toMatchObject([
      {
        success: false,
        errors: [{ statusCode: 'UNDELETE_FAILED', message: 'Entity is not in the recycle bin' }],
      },
    ]);
  });

  test('empties the recycle bin, so that nothing comes back, though queryAll still finds it', async () => {
    const [id = ''] = await org.seed([{ Name: 'Emptied' }]);
    expect(await connection.soap.delete([id])).toMatchObject([{ id, success: true }]);
    expect(await connection.soap.emptyRecycleBin([id])).toMatchObject([{ id, success: true }]);
    expect(await connection.soap.undelete([id])).toMatchObject([{ success: false }]);
    const found = await connection.query(`SELECT Id FROM Account WHERE Id = '${id}'`, { scanAll: true });
    expect(found.totalSize).toBe(1);
  });

  test('creates and updates records of several objects', async () => {
    const created = await connection.soap.create([
      { type: 'Account', Name: 'By SOAP', AnnualRevenue: 12 },
      { type: 'Contact', FirstName: 'No last name' },
    ]);
    expect(created).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    const id = created[0]?.id ?? '';
    const updated = await connection.soap.update({
      type: 'Account',
      Id: id,
      AnnualRevenue: null,
      Phone: '2',
    });
    expect(updated).toMatchObject({ id, success: true });
    expect(await connection.sobject('Account').retrieve(id)).toMatchObject({
      AnnualRevenue: null,
      Phone: '2',
    });
  });

  test('says who is signed in and what time it is', async () => {
    const { admin } = org.simulator.org.users;
    const [user] = await org.rows(`SELECT ProfileId, UserRoleId FROM User WHERE Id = '${admin.id}'`);
    await org.control('PUT', '/settings', { personAccounts: true });
    expect(await connection.soap.getUserInfo()).toMatchObject({
      userId: admin.id,
      userName: admin.username,
      organizationId: org.simulator.organizationId,
      organizationName: 'Larkfield Systems',
      organizationMultiCurrency: false,
      orgHasPersonAccounts: true,
      profileId: user?.ProfileId,
      roleId: user?.UserRoleId,
      userDefaultCurrencyIsoCode: null,
    });
    const { timestamp } = await connection.soap.getServerTimestamp();
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
  });

  test('a session that ended is renewed, as jsforce tells by the fault', async () => {
    const { accessToken } = org.simulator.org.openSession('admin');
    let refreshes = 0;
    const expired = new Connection({
      instanceUrl: org.simulator.url,
      accessToken: 'ended',
      version: '66.0',
      refreshFn: (_connection, done) => {
        refreshes += 1;
        done(null, accessToken);
      },
    });
    await expired.soap.getUserInfo();
    expect(refreshes).toBe(1);
  });

  test('counts as API calls', async () => {
    await connection.soap.getServerTimestamp();
    expect((await org.control('GET', '/stats')).body).toMatchObject({ apiCalls: 1 });
  });
});

describe('a SOAP fault', () => {
  const send = async (body: string, path = 'u/66.0') => {
    const url = `${org.simulator.url}/services/Soap/${path}`;
    const headers = { 'content-type': 'text/xml', soapaction: '""' };
    const reply = await fetch(url, { method: 'POST', headers, body });
    return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
  };
  const envelope = (operation: string, token = '') =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><h:SessionHeader xmlns:h="urn:partner.soap.sforce.com"><h:sessionId>${token}</h:sessionId></h:SessionHeader></e:Header><e:Body>${operation}</e:Body></e:Envelope>`;

  test('names the session in both APIs, each in its own namespace', async () => {
    for (const [path, name] of [
      ['u/66.0', 'partner'],
      ['c/66.0/00D000000000001', 'enterprise'],
    ] as const) {
      const reply = await send(envelope('<getUserInfo/>'), path);
      expect(reply).toMatchObject({ status: 500, type: 'text/xml;charset=UTF-8' });
      expect(reply.text).toBe(
        '<?xml version="1.0" encoding="UTF-8"?>' +
          `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.${name}.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
          '<soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode>' +
          '<faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring>' +
          '<detail><sf:UnexpectedErrorFault xsi:type="sf:UnexpectedErrorFault"><sf:exceptionCode>INVALID_SESSION_ID</sf:exceptionCode>' +
          '<sf:exceptionMessage>Invalid Session ID found in SessionHeader: Illegal Session</sf:exceptionMessage>' +
          '</sf:UnexpectedErrorFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>',
      );
    }
  });

  test('answers operations that do not exist, and what is no envelope', async () => {
    expect((await send(envelope('<dance/>'))).text).toContain('<faultcode>soapenv:Client</faultcode>');
    expect(await send('no xml')).toMatchObject({ status: 500 });
  });

  test('of a limit or a wrong column ends the call', async () => {
    const { accessToken } = org.simulator.org.openSession('admin');
    const wrong = '<create><sObjects><type>Account</type><Nope>1</Nope></sObjects></create>';
    expect((await send(envelope(wrong, accessToken))).text).toContain(
      '<faultcode>sf:INVALID_FIELD</faultcode>',
    );
    await org.control('PUT', '/settings', { dailyApiRequests: 1 });
    const limited = await send(envelope('<getServerTimestamp/>', accessToken));
    expect(limited.text).toContain('<faultcode>sf:REQUEST_LIMIT_EXCEEDED</faultcode>');
  });
});
