import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSimulator } from './open-simulator.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'salesforce-schema-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a custom field, its index and its security outlive a restart, and end with a reset', async () => {
  const storeFile = join(directory, 'org.jsonl');
  const first = await openSimulator({ storeFile });
  const [set] = await first.rows("SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Admin'");
  const Metadata = { label: 'Key', type: 'Text', length: 20, externalId: true };
  const post = (path: string, body: object): Promise<unknown> =>
    first.call(path, { method: 'POST', user: 'admin', body });
  await post('/tooling/sobjects/CustomField', { FullName: 'Account.Key__c', Metadata });
  const security = {
    SobjectType: 'Account',
    Field: 'Account.Key__c',
    PermissionsRead: true,
    PermissionsEdit: true,
  };
  await post('/sobjects/FieldPermissions', { ParentId: set?.Id, ...security });
  await post('/sobjects/Account', { Name: 'Kept', Key__c: 'K-1' });
  await first.close();

  const second = await openSimulator({ storeFile });
  const found = await second.call('/sobjects/Account/Key__c/k-1', { user: 'admin' });
  expect(found.body).toMatchObject({ Name: 'Kept', Key__c: 'K-1' });
  expect(second.simulator.org.store.find('Account', 'Key__c', 'K-1')).toHaveLength(1);
  await second.control('POST', '/reset');
  expect((await second.call('/sobjects/Account/Key__c/k-1', { user: 'admin' })).status).toBe(404);
  await second.close();
});

test('what an admin took from a permission set and its users stays taken after a restart, until a reset', async () => {
  const storeFile = join(directory, 'org.jsonl');
  const field = 'Account.upflow__Due_Amount__c';
  const ofField = `SELECT Id FROM FieldPermissions WHERE Field = '${field}' AND Parent.Name = 'Upflow_Viewer'`;
  const first = await openSimulator({ storeFile });
  const [row] = await first.rows(ofField);
  await first.call(`/sobjects/FieldPermissions/${String(row?.Id)}`, { method: 'DELETE', user: 'admin' });
  await first.control('PUT', '/settings', { permissionSets: { integration: [] } });
  await first.close();

  const second = await openSimulator({ storeFile });
  expect(await second.rows(ofField)).toEqual([]);
  expect((await second.control('GET', '/settings')).body).toMatchObject({
    permissionSets: { integration: [], rep: ['Upflow_Viewer'] },
  });
  await second.control('POST', '/reset');
  expect(await second.rows(ofField)).toHaveLength(1);
  await second.close();
});

test('a custom object of the package is installed under the namespace, open to whom its sets open it', async () => {
  cpSync(join(repository, 'sfdx-project.json'), join(directory, 'sfdx-project.json'));
  const object = join(directory, 'package/objects/Invoice__c');
  mkdirSync(join(object, 'fields'), { recursive: true });
  mkdirSync(join(directory, 'package/permissionsets'));
  writeFileSync(
    join(object, 'Invoice__c.object-meta.xml'),
    `<CustomObject><label>Invoice</label><pluralLabel>Invoices</pluralLabel>
    <nameField><label>Number</label><type>AutoNumber</type><displayFormat>I-{0000}</displayFormat></nameField></CustomObject>`,
  );
  writeFileSync(
    join(object, 'fields/Account__c.field-meta.xml'),
    `<CustomField><fullName>Account__c</fullName><label>Account</label><type>Lookup</type>
    <referenceTo>Account</referenceTo><relationshipName>Invoices</relationshipName></CustomField>`,
  );
  writeFileSync(
    join(directory, 'package/permissionsets/Upflow_Integration.permissionset-meta.xml'),
    `<PermissionSet><label>Integration</label>
    <fieldPermissions><field>Invoice__c.Account__c</field><readable>true</readable><editable>true</editable></fieldPermissions>
    <objectPermissions><object>Invoice__c</object><allowRead>true</allowRead><allowCreate>true</allowCreate>
    <allowEdit>false</allowEdit><allowDelete>false</allowDelete></objectPermissions></PermissionSet>`,
  );
  const org = await openSimulator({ packageDirectory: join(directory, 'package') });
  const described = await org.call('/sobjects/upflow__Invoice__c/describe');
  expect(described.body).toMatchObject({ custom: true, createable: true, updateable: false });
  const { fields } = described.body as { fields: { name: string }[] };
  expect(fields.find(({ name }) => name === 'upflow__Account__c')).toMatchObject({
    referenceTo: ['Account'],
    relationshipName: 'upflow__Account__r',
  });
  const created = await org.call('/sobjects/upflow__Invoice__c', { method: 'POST', body: {} });
  expect(created.status).toBe(201);
  await org.close();
});
