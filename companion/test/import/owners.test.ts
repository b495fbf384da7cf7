import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openImport, type TestImport } from './open-import.ts';

let acme: TestImport;

beforeAll(async () => {
  acme = await openImport();
  await acme.settings({ owners: true });
  // Rows of the sample organization are old.
});
afterAll(() => acme.close());

const assigned = (customer: string) => {
  const id = acme.upflow.customers.get(customer)?.accountManagerId;
  return acme.upflow.users.find((user) => user.id === id)?.email;
};

test('the Account owner becomes the assigned user, found by email in any case of letters', async () => {
  acme.upflow.users.push({
    id: 'u-1',
    email: 'NADIA@sales.example',
    firstName: null,
    lastName: null,
    status: 'ACTIVE',
  });
  const nadia = acme.addUser({ Email: 'nadia@Sales.example' });
  acme.addPair('owned', { OwnerId: nadia });
  const run = await acme.run();
  expect(run).toMatchObject({ state: 'done', counts: { 'owners.assigned': 1 } });
  expect(assigned('owned')).toBe('NADIA@sales.example');
  expect(run.counts['owners.created']).toBeUndefined();
});

test('a missing user is created in Upflow and not invited', async () => {
  const boris = acme.addUser({ Email: 'boris@sales.example', FirstName: 'Boris', LastName: 'Lund' });
  acme.addPair('new-owner', { OwnerId: boris });
  acme.addPair('same-owner', { OwnerId: boris });
  await acme.run();
  expect(acme.upflow.users.filter(({ email }) => email === 'boris@sales.example')).toEqual([
    expect.objectContaining({ firstName: 'Boris', lastName: 'Lund', status: 'CREATED' }),
  ]);
  expect(assigned('new-owner')).toBe('boris@sales.example');
  expect(assigned('same-owner')).toBe('boris@sales.example');
});

test('inactive owners, queues, and owners without an email are reported, and nothing is sent', async () => {
  const gone = acme.addUser({ Email: 'gone@sales.example', IsActive: false });
  const silent = acme.addUser({ Email: null });
  acme.addPair('inactive', { OwnerId: gone });
  acme.addPair('silent', { OwnerId: silent });
  acme.addPair('queued', { OwnerId: '00G000000000001AAA' });
  const run = await acme.run();
  expect(await acme.skipped(run.id)).toEqual({ 'owner-inactive': 1, 'owner-no-email': 1, 'owner-queue': 1 });
  expect(['inactive', 'silent', 'queued'].map(assigned)).toEqual([undefined, undefined, undefined]);
});

test('an owner who becomes active again, or an Account that changes hands, is followed', async () => {
  const lena = acme.addUser({ Email: 'lena@sales.example', IsActive: false });
  const { accountId } = acme.addPair('moves', { OwnerId: lena });
  await acme.run();
  expect(assigned('moves')).toBeUndefined();
  acme.change('User', lena, { IsActive: true });
  await acme.run();
  expect(assigned('moves')).toBe('lena@sales.example');
  const omar = acme.addUser({ Email: 'omar@sales.example' });
  acme.change('Account', accountId, { OwnerId: omar });
  await acme.run();
  expect(assigned('moves')).toBe('omar@sales.example');
});

test('an owner whose user was deleted in Upflow is looked up anew, and created where there is none', async () => {
  const vera = acme.addUser({ Email: 'vera@sales.example' });
  acme.addPair('before', { OwnerId: vera });
  await acme.run();
  acme.upflow.users = acme.upflow.users.filter(({ email }) => email !== 'vera@sales.example');
  acme.addPair('after', { OwnerId: vera });
  const run = await acme.run();
  expect(await acme.skipped(run.id)).toMatchObject({ 'owner-refused': 1 });
  await acme.run();
  expect(assigned('after')).toBe('vera@sales.example');
  expect(acme.upflow.users.filter(({ email }) => email === 'vera@sales.example')).toHaveLength(1);
});

test('a run in which nothing changed makes at most five calls to Salesforce and none to Upflow', async () => {
  await acme.run();
  acme.salesforceCalls();
  acme.upflow.calls.length = 0;
  const run = await acme.run('changes', { by: 'schedule' });
  expect(run.state).toBe('done');
  expect(acme.salesforceCalls()).toBeLessThanOrEqual(5);
  expect(acme.upflow.calls).toEqual([]);
});
