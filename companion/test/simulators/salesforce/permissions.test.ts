import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

async function idOf(soql: string): Promise<string> {
  const [row] = await org.rows(soql);
  return String(row?.Id);
}

function post(object: string, body: object, user: 'admin' | 'rep' = 'admin'): Promise<Reply> {
  return org.call(`/sobjects/${object}`, { method: 'POST', user, body });
}

function seesAccount(): Promise<number> {
  return org.call('/sobjects/Account/describe').then((reply) => reply.status);
}

async function assignmentOf(user: 'integration' | 'rep', set: string): Promise<string> {
  const { id } = org.simulator.org.users[user];
  return idOf(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${id}' AND PermissionSet.Name = '${set}'`,
  );
}

test('permission sets are rows: those of the package, and one for each profile', async () => {
  const sets = await org.rows(
    'SELECT Name, NamespacePrefix, IsOwnedByProfile, Profile.Name FROM PermissionSet',
  );
  const packaged = sets.filter((set) => set.IsOwnedByProfile === false);
  expect(packaged.map((set) => set.Name).sort()).toEqual([
    'Upflow_Admin',
    'Upflow_Integration',
    'Upflow_Viewer',
  ]);
  expect(packaged.every((set) => set.NamespacePrefix === 'upflow')).toBe(true);
  expect(sets.filter((set) => set.IsOwnedByProfile === true)).toHaveLength(3);
});

describe('an assignment', () => {
  test('that is deleted takes away what the set allowed, and one that is made gives it', async () => {
    expect(await seesAccount()).toBe(200);
    const id = await assignmentOf('integration', 'Upflow_Integration');
    expect(id).toMatch(/^0Pa/);
    expect(
      (await org.call(`/sobjects/PermissionSetAssignment/${id}`, { method: 'DELETE', user: 'admin' })).status,
    ).toBe(204);
    expect(await seesAccount()).toBe(404);
    const set = await idOf("SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Integration'");
    const body = { PermissionSetId: set, AssigneeId: org.simulator.org.users.integration.id };
    expect((await post('PermissionSetAssignment', body)).status).toBe(201);
    expect(await seesAccount()).toBe(200);
    expect(await post('PermissionSetAssignment', body)).toMatchObject({
      body: [{ errorCode: 'DUPLICATE_VALUE' }],
    });
  });

  test('is what the setting changes as well', async () => {
    await org.control('PUT', '/settings', { permissionSets: { integration: [] } });
    expect(await assignmentOf('integration', 'Upflow_Integration')).toBe('undefined');
    await org.control('PUT', '/settings', { permissionSets: { integration: ['Upflow_Viewer'] } });
    expect(await assignmentOf('integration', 'Upflow_Viewer')).toMatch(/^0Pa/);
  });
});

test('the settings show the assignments as the rows have them, whoever changed those', async () => {
  const shown = async () =>
    ((await org.control('GET', '/settings')).body as { permissionSets: unknown }).permissionSets;
  const atFirst = { integration: ['Upflow_Integration'], admin: ['Upflow_Admin'], rep: ['Upflow_Viewer'] };
  expect(await shown()).toEqual(atFirst);
  const id = await assignmentOf('rep', 'Upflow_Viewer');
  await org.call(`/sobjects/PermissionSetAssignment/${id}`, { method: 'DELETE', user: 'admin' });
  expect(await shown()).toEqual({ ...atFirst, rep: [] });
  const body = { permissionSets: { integration: ['upflow__Upflow_Viewer'] } };
  const put = await org.control('PUT', '/settings', body);
  expect(put.body).toMatchObject({ permissionSets: { integration: ['Upflow_Viewer'], rep: [] } });
  await org.control('PUT', '/settings', { multiCurrency: true });
  expect(await shown()).toEqual({ ...atFirst, integration: ['Upflow_Viewer'], rep: [] });
  await org.control('POST', '/reset');
  expect(await shown()).toEqual(atFirst);
});

describe('field-level security', () => {
  test('that an admin gives or takes through the API holds at once', async () => {
    const set = await idOf("SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Viewer'");
    const soql = `SELECT Id FROM FieldPermissions WHERE ParentId = '${set}' AND Field = 'Account.upflow__Due_Amount__c'`;
    const fieldsOfRep = async (): Promise<(string | boolean)[]> => {
      const reply = await org.call('/sobjects/Account/describe', { user: 'rep' });
      const { fields } = reply.body as { fields: { name: string; updateable: boolean }[] };
      return fields
        .filter(({ name }) => name === 'upflow__Due_Amount__c')
        .map(({ updateable }) => updateable);
    };
    expect(await fieldsOfRep()).toEqual([false]);
    const path = `/sobjects/FieldPermissions/${await idOf(soql)}`;
    await org.call(path, { method: 'PATCH', user: 'admin', body: { PermissionsEdit: true } });
    expect(await fieldsOfRep()).toEqual([true]);
    await org.call(path, { method: 'DELETE', user: 'admin' });
    expect(await fieldsOfRep()).toEqual([]);
  });

  test.each([
    [{ Field: 'Account.Nothing__c', PermissionsRead: true }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ Field: 'Account.Name', PermissionsRead: true }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ Field: 'Account.Fax', PermissionsRead: false }, 'FIELD_INTEGRITY_EXCEPTION'],
    [{ Field: 'Account.Fax', PermissionsEdit: true }, 'FIELD_INTEGRITY_EXCEPTION'],
    [{ Field: 'Account.upflow__Due_Amount__c', PermissionsRead: true }, 'DUPLICATE_VALUE'],
  ])('%j is refused with %s', async (values, errorCode) => {
    const set = await idOf("SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Viewer'");
    const reply = await post('FieldPermissions', { ParentId: set, SobjectType: 'Account', ...values });
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  test('cannot be moved to another field', async () => {
    const id = await idOf(
      "SELECT Id FROM FieldPermissions WHERE Field = 'Account.upflow__Due_Amount__c' LIMIT 1",
    );
    const body = { Field: 'Account.Fax' };
    expect(
      await org.call(`/sobjects/FieldPermissions/${id}`, { method: 'PATCH', user: 'admin', body }),
    ).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
    });
  });
});

test('a permission set of the admin opens an object, with all that it depends on', async () => {
  const set = (await post('PermissionSet', { Name: 'Sales_Reader', Label: 'Sales Reader' })).body as {
    id: string;
  };
  const rights = { ParentId: set.id, SobjectType: 'Opportunity' };
  expect(await post('ObjectPermissions', { ...rights, PermissionsEdit: true })).toMatchObject({
    body: [
      {
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: 'Permission Edit Opportunity depends on permission(s): Read Opportunity',
      },
    ],
  });
  expect((await post('ObjectPermissions', { ...rights, PermissionsRead: true })).status).toBe(201);
  expect((await org.call('/sobjects/Opportunity/describe')).status).toBe(404);
  await post('PermissionSetAssignment', {
    PermissionSetId: set.id,
    AssigneeId: org.simulator.org.users.integration.id,
  });
  expect((await org.call('/sobjects/Opportunity/describe')).body).toMatchObject({ createable: false });
});

test('only who manages permissions writes them, and only who may view the set-up reads them', async () => {
  const soql = encodeURIComponent('SELECT Id FROM PermissionSet');
  expect((await org.call(`/query?q=${soql}`, { user: 'rep' })).status).toBe(200);
  expect(await org.call(`/query?q=${soql}`)).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_TYPE' }],
  });
  expect((await post('PermissionSet', { Name: 'Mine', Label: 'Mine' }, 'rep')).status).toBe(400);
});

test('a user who has left stays a user, inactive', async () => {
  expect(await org.rows('SELECT Name FROM User WHERE IsActive = false')).toMatchObject([
    { Name: 'Noor Haddad' },
  ]);
});

test('objects that exist only in a Dev Hub do not exist here', async () => {
  const soql = encodeURIComponent('SELECT Id FROM ScratchOrgInfo limit 1');
  expect(await org.call(`/query?q=${soql}`, { user: 'admin', version: 'v51.0' })).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_TYPE' }],
  });
});
