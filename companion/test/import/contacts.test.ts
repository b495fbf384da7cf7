import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openImport, type TestImport } from './open-import.ts';

let acme: TestImport;

beforeAll(async () => {
  acme = await openImport();
  await acme.settings({ contacts: true });
});
afterAll(() => acme.close());

const contactsOf = (customer: string) =>
  (acme.upflow.customers.get(customer)?.contacts ?? []).map(({ email }) => email).toSorted();
const mainOf = (customer: string) =>
  acme.upflow.customers
    .get(customer)
    ?.contacts.filter(({ isMain }) => isMain)
    .map(({ email }) => email);
const findContact = (customer: string, email: string) =>
  acme.upflow.customers.get(customer)?.contacts.find((contact) => contact.email === email);
const years = (ago: number) => new Date(Date.now() - ago * 365 * 86_400_000);

test('contacts of matched Accounts replace those of the billing tool', async () => {
  const { accountId } = acme.addPair('replaced');
  acme.upflow.addCustomer('replaced', [
    { email: 'billing@old.example', isMain: true },
    { email: 'ap@replaced.example' },
  ]);
  acme.addContact(accountId, { Email: 'ap@replaced.example', LastName: 'Payable' });
  acme.addContact(accountId, { Email: 'cfo@replaced.example' });
  const run = await acme.run();
  expect(contactsOf('replaced')).toEqual(['ap@replaced.example', 'cfo@replaced.example']);
  expect(findContact('replaced', 'ap@replaced.example')).toMatchObject({ lastName: 'Payable' });
  expect(run.counts).toMatchObject({ 'contacts.replaced': 1, 'contacts.created': 1, 'contacts.updated': 1 });
});

test('a customer whose Account has no contact that can be imported keeps those of the billing tool', async () => {
  acme.addPair('lonely');
  acme.upflow.addCustomer('lonely', [{ email: 'ap@lonely.example' }]);
  await acme.run();
  expect(contactsOf('lonely')).toEqual(['ap@lonely.example']);
});

test('the oldest contact is the main one', async () => {
  const { accountId } = acme.addPair('aged');
  acme.addContact(accountId, { Email: 'new@aged.example' }, years(1));
  const oldest = acme.addContact(accountId, { Email: 'oldest@aged.example' }, years(5));
  acme.addContact(accountId, { Email: 'middle@aged.example' }, years(3));
  await acme.run('full');
  expect(mainOf('aged')).toEqual(['oldest@aged.example']);
  acme.change('Contact', oldest, { IsDeleted: true });
  await acme.run();
  expect(mainOf('aged')).toEqual(['middle@aged.example']);
});

test('the title becomes the job title', async () => {
  acme.addPair('titled', {}, [
    { Email: 'cfo@titled.example', Title: 'Chief Financial Officer', Phone: '+1 555' },
  ]);
  await acme.run();
  expect(findContact('titled', 'cfo@titled.example')).toMatchObject({
    jobTitle: 'Chief Financial Officer',
    phone: '+1 555',
  });
});

test('contacts without a valid email are counted and skipped', async () => {
  acme.addPair('mixed', {}, [{ Email: null }, { Email: 'not an address' }, { Email: 'ok@mixed.example' }]);
  const run = await acme.run();
  expect(await acme.skipped(run.id)).toEqual({ 'no-email': 1, 'invalid-email': 1 });
  expect(run.counts).toMatchObject({ 'skipped.no-email': 1, 'skipped.invalid-email': 1 });
  expect(contactsOf('mixed')).toEqual(['ok@mixed.example']);
});

test('an address on two contacts or two customers goes to the oldest, and the other is reported', async () => {
  const one = acme.addPair('first');
  const two = acme.addPair('second');
  acme.addContact(two.accountId, { Email: 'Shared@both.example' }, years(2));
  const older = acme.addContact(one.accountId, { Email: 'shared@both.example' }, years(4));
  acme.addContact(one.accountId, { Email: 'SHARED@both.example' }, years(3));
  const run = await acme.run('full');
  expect([contactsOf('first'), contactsOf('second')]).toEqual([['shared@both.example'], []]);
  expect(await acme.skipped(run.id)).toMatchObject({ 'email-taken': 2 });
  // When the oldest goes, the next one takes its place.
  acme.change('Contact', older, { IsDeleted: true });
  await acme.run();
  expect([contactsOf('first'), contactsOf('second')]).toEqual([['SHARED@both.example'], []]);
});

test('addresses that contacts of two customers exchange arrive', async () => {
  const [a] = acme.addPair('left', {}, [{ Email: 'a@swap.example' }]).contactIds;
  const [b] = acme.addPair('right', {}, [{ Email: 'b@swap.example' }]).contactIds;
  await acme.run();
  acme.change('Contact', a ?? '', { Email: 'b@swap.example' });
  acme.change('Contact', b ?? '', { Email: 'a@swap.example' });
  await acme.run();
  expect([contactsOf('left'), contactsOf('right')]).toEqual([['b@swap.example'], ['a@swap.example']]);
});

test('changed, deleted, undeleted and moved contacts are followed', async () => {
  const from = acme.addPair('from', {}, [{ Email: 'one@from.example' }, { Email: 'two@from.example' }]);
  const to = acme.addPair('to', {}, [{ Email: 'three@to.example' }]);
  await acme.run();
  const [one = '', two = ''] = from.contactIds;
  acme.change('Contact', one, { AccountId: to.accountId });
  acme.change('Contact', two, { Email: 'second@from.example' });
  await acme.run();
  expect([contactsOf('from'), contactsOf('to')]).toEqual([
    ['second@from.example'],
    ['one@from.example', 'three@to.example'],
  ]);
  await acme.org.call(`/sobjects/Contact/${two}`, { method: 'DELETE', user: 'admin' });
  await acme.run();
  expect(contactsOf('from')).toEqual([]);
  await acme.org.control('POST', '/undelete', { ids: [two] });
  await acme.run();
  expect(contactsOf('from')).toEqual(['second@from.example']);
});

test('when Accounts are merged, the contacts go where the surviving Account belongs', async () => {
  const kept = acme.addPair('kept', {}, [{ Email: 'k@kept.example' }]);
  const lost = acme.addPair('lost', {}, [{ Email: 'l@lost.example' }]);
  await acme.run();
  await acme.org.control('POST', '/merge', { masterId: kept.accountId, ids: [lost.accountId] });
  const run = await acme.run();
  expect(run.counts).toMatchObject({ 'accounts.merged': 1, 'accounts.gone': 1 });
  expect([contactsOf('kept'), contactsOf('lost')]).toEqual([['k@kept.example', 'l@lost.example'], []]);
});

test('what was purged from the recycle bin is found by the daily full pass', async () => {
  const { contactIds } = acme.addPair('purged', {}, [
    { Email: 'p@purged.example' },
    { Email: 'q@purged.example' },
  ]);
  await acme.run();
  await acme.org.call(`/sobjects/Contact/${contactIds[0] ?? ''}`, { method: 'DELETE', user: 'admin' });
  await acme.org.control('POST', '/purge', {});
  await acme.run('full');
  expect(contactsOf('purged')).toEqual(['q@purged.example']);
});

test('a filter leaves contacts out, and positions come from a field or a table', async () => {
  acme.addPair('filtered', {}, [
    { Email: 'fin@filtered.example', Department: 'Finance', LeadSource: 'Web' },
    { Email: 'it@filtered.example', Department: 'IT' },
  ]);
  await acme.settings({
    contacts: true,
    filter: { field: 'Department', operator: 'equals', values: ['finance'] },
    positions: { field: 'Department', table: { finance: 'ACCOUNTING' } },
  });
  await acme.run();
  expect(contactsOf('filtered')).toEqual(['fin@filtered.example']);
  expect(findContact('filtered', 'fin@filtered.example')).toMatchObject({ position: 'ACCOUNTING' });
  // Nobody else has a department: all others are outside the filter.
  expect(contactsOf('titled')).toEqual([]);
  await acme.settings({
    contacts: true,
    filter: { field: 'Department', operator: 'in list', values: ['IT', 'Finance'] },
    positions: { field: 'Department', table: null },
  });
  await acme.run();
  expect(findContact('filtered', 'it@filtered.example')).toMatchObject({ position: 'IT' });
  await acme.settings({ contacts: true });
  await acme.run();
  expect(contactsOf('titled')).toEqual(['cfo@titled.example']);
});

test('turning contacts off removes every contact that was imported, and no other', async () => {
  const before = [...acme.upflow.customers.values()].flatMap(({ contacts }) => contacts).length;
  expect(before).toBeGreaterThan(5);
  await acme.settings({ contacts: false });
  const run = await acme.run('purge');
  expect(run.state).toBe('done');
  const left = [...acme.upflow.customers.values()].flatMap(({ contacts }) =>
    contacts.map(({ email }) => email),
  );
  expect(left).toEqual(['ap@lonely.example']);
});
