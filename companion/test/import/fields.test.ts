import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ImportedField } from '../../src/connect/import-settings.ts';
import { openImport, type TestImport } from './open-import.ts';

let acme: TestImport;
const industry: ImportedField = {
  level: 'customer',
  field: 'Industry',
  upflowId: 'f-industry',
  upflowName: 'Industry',
  upflowType: 'TEXT',
};
const employees: ImportedField = {
  level: 'customer',
  field: 'NumberOfEmployees',
  upflowId: 'f-employees',
  upflowName: 'Employees',
  upflowType: 'NUMBER',
};
const department: ImportedField = {
  level: 'contact',
  field: 'Department',
  upflowId: 'f-department',
  upflowName: 'Department',
  upflowType: 'TEXT',
};

beforeAll(async () => {
  acme = await openImport();
});
afterAll(() => acme.close());

const fieldsOf = (customer: string) =>
  Object.fromEntries(acme.upflow.customers.get(customer)?.customFields ?? []);

test('chosen Account fields become custom fields of the customer', async () => {
  await acme.settings({ fields: [industry, employees] });
  acme.addPair('big', { Industry: 'Energy', NumberOfEmployees: 12_000 });
  acme.addPair('small', { Industry: 'Energy', NumberOfEmployees: null });
  const run = await acme.run();
  expect(run).toMatchObject({ state: 'done', counts: { 'fields.sent': 2 } });
  expect(fieldsOf('big')).toEqual({ 'f-industry': 'Energy', 'f-employees': 12_000 });
  expect(fieldsOf('small')).toEqual({ 'f-industry': 'Energy' });
});

test('chosen Contact fields become custom fields of the contact', async () => {
  await acme.settings({ contacts: true, fields: [industry, employees, department] });
  const { accountId } = acme.addPair('staffed');
  acme.addContact(accountId, { Email: 'fin@staffed.example', Department: 'Finance' });
  await acme.run();
  expect(acme.upflow.customers.get('staffed')?.contacts).toEqual([
    expect.objectContaining({ customFields: [{ id: 'f-department', value: 'Finance' }] }),
  ]);
});

test('only what changed is sent, and a value that was cleared is cleared', async () => {
  const { accountId } = acme.addPair('turning', { Industry: 'Retail', NumberOfEmployees: 5 });
  await acme.run();
  acme.change('Account', accountId, { Industry: null });
  acme.upflow.calls.length = 0;
  await acme.run();
  expect(acme.upflow.writes()).toEqual(['PUT /customers/turning']);
  expect(fieldsOf('turning')).toEqual({ 'f-employees': 5 });
});

test('a formula that changes without moving the stamp is caught by the full pass', async () => {
  const { accountId } = acme.addPair('formula', { Industry: 'Media' });
  await acme.run();
  acme.org.simulator.org.store.put('Account', accountId, { Industry: 'Sports' });
  acme.org.simulator.org.store.commit();
  await acme.run('full');
  expect(fieldsOf('formula')).toMatchObject({ 'f-industry': 'Sports' });
});

test('a full pass in which nothing changed sends Upflow nothing', async () => {
  acme.upflow.calls.length = 0;
  await acme.run('full', { by: 'schedule' });
  expect(acme.upflow.calls).toEqual([]);
});

test('a field that is taken out of the import is cleared in Upflow', async () => {
  await acme.settings({ fields: [employees] });
  await acme.run();
  expect(fieldsOf('big')).toEqual({ 'f-employees': 12_000 });
});

test('a field that is hidden from the integration user is reported, and its values stay', async () => {
  await acme.settings({ fields: [employees, { ...industry, field: 'Secret__c', upflowId: 'f-secret' }] });
  const run = await acme.run();
  expect(await acme.skipped(run.id)).toMatchObject({ 'field-hidden': expect.any(Number) });
  expect(fieldsOf('big')).toEqual({ 'f-employees': 12_000 });
});
