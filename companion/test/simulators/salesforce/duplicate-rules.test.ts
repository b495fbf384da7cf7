import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const settings = (change: object) => org.control('PUT', '/settings', change);
const create = (object: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}`, { method: 'POST', user: 'admin', body, ...rest });
const update = (object: string, id: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}/${id}`, { method: 'PATCH', user: 'admin', body, ...rest });

const rule = { name: 'Same_Website', matchOn: ['Website', 'BillingCity'], action: 'Alert' };
const twin = { Name: 'Second', Website: 'https://twin.example', BillingCity: 'Lyon' };
const header = (value: string) => ({ 'Sforce-Duplicate-Rule-Header': value });
let known: string;

beforeEach(async () => {
  [known = ''] = await org.seed([{ ...twin, Name: 'First', BillingCity: 'LYON' }]);
});

describe('a duplicate rule', () => {
  test('answers a single record with what was found, under the misspelt key', async () => {
    await settings({ duplicateRules: [{ ...rule, matchingRule: 'Website_MR', message: 'Known already.' }] });
    const reply = await create('Account', twin);
    const url = `/services/data/v66.0/sobjects/Account/${known}`;
    const matchRecord = {
      additionalInformation: [],
      fieldDiffs: [],
      matchConfidence: 100,
      record: { attributes: { type: 'Account', url }, Id: known },
    };
    const matchResult = {
      entityType: 'Account',
      errors: [],
      matchEngine: 'ExactMatchEngine',
      matchRecords: [matchRecord],
      rule: 'Website_MR',
      size: 1,
      success: true,
    };
    const duplicateResut = {
      allowSave: true,
      duplicateRule: 'Same_Website',
      duplicateRuleEntityType: 'Account',
      errorMessage: 'Known already.',
      matchResults: [matchResult],
    };
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual([
      { duplicateResut, errorCode: 'DUPLICATES_DETECTED', message: 'Known already.' },
    ]);
  });

  test('tells a row of a collection the message alone', async () => {
    await settings({ duplicateRules: [rule] });
    const records = [{ attributes: { type: 'Account' }, ...twin }];
    const reply = await org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records } });
    const error = { statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] };
    expect(reply.body).toEqual([{ success: false, errors: [error] }]);
  });

  test('needs all its fields to match, and a blank matches nothing', async () => {
    await settings({ duplicateRules: [rule] });
    expect((await create('Account', { ...twin, BillingCity: 'Nice' })).status).toBe(201);
    await org.seed([{ Name: 'No city', Website: twin.Website }]);
    expect((await create('Account', { Name: 'None', Website: twin.Website })).status).toBe(201);
  });

  test('counts no record that is in the recycle bin, nor the record itself', async () => {
    await settings({ duplicateRules: [rule] });
    expect((await update('Account', known, { BillingCity: 'Lyon' })).status).toBe(204);
    await org.call(`/sobjects/Account/${known}`, { method: 'DELETE', user: 'admin' });
    expect((await create('Account', twin)).status).toBe(201);
  });

  test('runs on edit where the edit changes what it matches on, unless the admin says otherwise', async () => {
    const [other = ''] = await org.seed([{ ...twin, BillingCity: 'Nice' }]);
    await settings({ duplicateRules: [rule] });
    expect((await update('Account', other, { Phone: '1' })).status).toBe(204);
    expect((await update('Account', other, { BillingCity: 'Lyon' })).status).toBe(400);
    await settings({ duplicateRules: [{ ...rule, onUpdate: false }] });
    expect((await update('Account', other, { BillingCity: 'Lyon' })).status).toBe(204);
    await settings({ duplicateRules: [{ ...rule, onCreate: false }] });
    expect((await create('Account', twin)).status).toBe(201);
  });
});

describe('the duplicate rule header', () => {
  const cases: [what: string, action: string, value: string, version: string, status: number][] = [
    ['saves past an alert', 'Alert', 'allowSave=true', 'v52.0', 201],
    ['is read among other values', 'Alert', 'includeRecordDetails=true; allowSave=true', 'v66.0', 201],
    ['does not exist before v52', 'Alert', 'allowSave=true', 'v51.0', 400],
    ['does not save past a block', 'Block', 'allowSave=true', 'v66.0', 400],
    ['is false where it says so', 'Alert', 'allowSave=false', 'v66.0', 400],
    ['allows nothing by default', 'Alert', 'includeRecordDetails=true', 'v66.0', 400],
  ];

  test.each(cases)('%s', async (_what, action, value, version, status) => {
    await settings({ duplicateRules: [{ ...rule, action }] });
    expect((await create('Account', twin, { version, headers: header(value) })).status).toBe(status);
  });

  test('shows all fields of what was found, where asked', async () => {
    await settings({ duplicateRules: [{ ...rule, action: 'Block' }] });
    const reply = await create('Account', twin, { headers: header('includeRecordDetails=true') });
    const [entry] = reply.body as { duplicateResut: { allowSave: boolean } }[];
    expect(entry?.duplicateResut.allowSave).toBe(false);
    expect(JSON.stringify(entry)).toContain('"Name":"First"');
  });

  test('leaves out what sharing hides from the user, where asked', async () => {
    await settings({ duplicateRules: [rule], sharing: { Account: 'Private' } });
    await update('Account', known, { OwnerId: org.simulator.org.users.admin.id });
    expect((await create('Account', twin, { user: 'rep' })).status).toBe(400);
    const headers = header('runAsCurrentUser=true');
    expect((await create('Account', twin, { user: 'rep', headers })).status).toBe(201);
  });
});
