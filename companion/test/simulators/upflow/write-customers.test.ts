import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

const EDGE = '/customers/external:285';
const addUser = async (email: string) => String((await upflow.write('POST', '/users', { email })).body.id);
const addField = async (name: string, type: string, entity = 'CUSTOMER') =>
  String((await upflow.write('POST', '/custom_fields', { name, type, entity })).body.id);

test('a customer is added once, and changed by whatever names it; what is left out stays', async () => {
  const added = await upflow.write('POST', '/customers', { name: 'New', externalId: 'n1', vatNumber: 'X1' });
  expect(added).toMatchObject({ status: 201, body: { name: 'New', externalId: 'n1', balance: 0 } });
  const again = await upflow.write('POST', '/customers', { externalId: 'n1', accountingRef: 'A1' });
  expect(again).toMatchObject({
    status: 200,
    body: { id: added.body.id, name: 'New', vatNumber: 'X1', accountingRef: 'A1' },
  });
  const put = await upflow.write('PUT', '/customers/external:n1', { vatNumber: null });
  expect(put).toMatchObject({ status: 200, body: { vatNumber: null, accountingRef: 'A1' } });
  const byId = await upflow.write('POST', '/customers', { id: added.body.id, externalId: 'n2' });
  expect(byId).toMatchObject({ status: 200, body: { externalId: 'n2' } });
  expect((await upflow.call('/customers?limit=1')).body.total).toBe(26);
});

test('a customer that goes takes all that belongs to it along', async () => {
  await upflow.write('POST', `${EDGE}/contacts`, { email: 'a@edge.example' });
  const before = (await upflow.call('/invoices?limit=1')).body.total as number;
  const { invoices } = (await upflow.control('GET', '/customers/external:285')).body as {
    invoices: { id: string }[];
  };
  expect((await upflow.write('DELETE', EDGE)).status).toBe(204);
  expect((await upflow.call(EDGE)).status).toBe(404);
  expect((await upflow.call(`/invoices/${invoices[0]?.id ?? ''}`)).status).toBe(404);
  expect((await upflow.call('/invoices?limit=1')).body.total).toBe(before - invoices.length);
  const other = await upflow.write('POST', '/customers/external:286/contacts', { email: 'a@edge.example' });
  expect(other.status).toBe(201);
});

const mistakes: [path: string, body: unknown, says: string][] = [
  ['/customers', { externalId: 'x' }, 'name is required.'],
  ['/customers', { name: '' }, 'name must not be empty.'],
  ['/customers', { name: 'A', dunningPlanId: 'x' }, 'dunningPlanId x is not a workflow.'],
  ['/customers', { name: 'A', accountManagerId: 'x' }, 'accountManagerId: there is no user x.'],
  ['/customers', { name: 'A', parent: {} }, 'parent must have an id or an externalId.'],
  ['/customers', { name: 'A', customFields: [{ id: 'x', value: 1 }] }, 'customFields: there is no CUSTOMER'],
  ['/customers', [], 'The body must be a JSON object.'],
  [`${EDGE}/contacts`, { firstName: 'A' }, 'email is required.'],
  [`${EDGE}/contacts`, { email: 'nobody' }, 'email must be an email address.'],
  [`${EDGE}/account-managers`, { userIds: ['x'] }, 'userIds: there is no user x.'],
  [`${EDGE}/portal`, { expiresIn: 0 }, 'expiresIn must be a number of seconds.'],
  ['/custom_fields', { name: 'A', entity: 'CUSTOMER' }, 'type is required.'],
  ['/custom_fields', { name: 'tier', type: 'TEXT', entity: 'CUSTOMER' }, 'name tier is that of another'],
  ['/users', { firstName: 'A' }, 'email is required.'],
  ['/invoices', { customId: 'I' }, 'issuedAt is required.'],
  ['/payments', { currency: 'XXQ', amount: 1, validatedAt: '2026-01-01' }, 'currency must be an ISO 4217'],
  ['/payments', { currency: 'USD', amount: 1.5, validatedAt: '2026-01-01' }, 'amount must be an integer'],
  ['/refunds', { currency: 'USD', amount: 1 }, 'validatedAt is required.'],
  ['/reconcile', {}, 'externalId is required.'],
];

test.each(mistakes)(
  'POST %s with %j is refused with what is wrong, and changes nothing',
  async (path, body, says) => {
    const reply = await upflow.write('POST', path, body);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toEqual(expect.stringContaining(says));
    expect((await upflow.call('/customers?limit=1')).body.total).toBe(25);
  },
);

test('a contact has an email of its own, a job title beside a position, and values in custom fields', async () => {
  const field = await addField('Region', 'TEXT', 'CONTACT');
  const given = {
    ...{ email: 'Ann@edge.example', firstName: 'Ann', jobTitle: 'Controller', position: 'PAYER' },
    ...{ externalId: 'c1', customFields: [{ id: field, value: 'North' }] },
  };
  const added = await upflow.write('POST', `${EDGE}/contacts`, given);
  expect(added).toMatchObject({
    status: 201,
    body: {
      ...given,
      lastName: null,
      isMain: false,
      customFields: [{ id: field, name: 'Region', value: 'North', source: 'USER_DEFINED' }],
    },
  });
  const same = await upflow.write('POST', '/customers/external:286/contacts', { email: 'ann@EDGE.example' });
  expect(same).toMatchObject({ status: 400, body: { message: expect.stringContaining('another contact') } });
  const path = `${EDGE}/contacts/external:c1`;
  await upflow.write('PUT', path, { jobTitle: null, lastName: 'Berg' });
  expect((await upflow.call(path)).body).toMatchObject({
    jobTitle: null,
    lastName: 'Berg',
    position: 'PAYER',
  });
  expect((await upflow.call('/customers/external:286/contacts/external:c1')).status).toBe(404);
  expect((await upflow.write('DELETE', path)).status).toBe(204);
  expect((await upflow.call(`${EDGE}/contacts`)).body).toMatchObject({ items: [], total: 0 });
});

test('a contact that becomes the main one takes the place of the one before', async () => {
  await upflow.write('POST', `${EDGE}/contacts`, { email: 'a@edge.example', isMain: true });
  await upflow.write('POST', `${EDGE}/contacts`, { email: 'b@edge.example', isMain: true });
  expect((await upflow.call(`${EDGE}/contacts`)).body.items).toMatchObject([
    { email: 'a@edge.example', isMain: false },
    { email: 'b@edge.example', isMain: true },
  ]);
});

test('users are created without an invitation, once for each email, and assigned to customers', async () => {
  const created = await upflow.write('POST', '/users', { email: 'Rep@acme.example', firstName: 'Rep' });
  expect(created).toMatchObject({ status: 201, body: { status: 'CREATED', firstName: 'Rep' } });
  expect((await upflow.write('POST', '/users', { email: 'rep@ACME.example' })).status).toBe(409);
  const invited = await upflow.write('POST', '/users', { email: 'b@acme.example', invite: true });
  expect(invited.body.status).toBe('INVITED');
  const id = String(created.body.id);
  await upflow.write('POST', `${EDGE}/account-managers`, { userIds: [invited.body.id, id] });
  expect((await upflow.call(EDGE)).body.accountManagerId).toBe(invited.body.id);
  await upflow.write('PUT', EDGE, { accountManagerId: id });
  expect((await upflow.call(`${EDGE}/account-managers`)).body).toMatchObject({
    items: [{ id, email: 'Rep@acme.example' }],
  });
  await upflow.write('PUT', EDGE, { accountManagerId: null });
  expect((await upflow.call(`${EDGE}/account-managers`)).body).toEqual({ items: [] });
  expect((await upflow.call('/users')).body).toMatchObject({ offset: 0, limit: 100, total: 3 });
});

test('values of custom fields are of the type of their field, and go with it', async () => {
  const [size, since] = [await addField('Size', 'NUMBER'), await addField('Since', 'DATE')];
  const wrong = await upflow.write('PUT', EDGE, { customFields: [{ id: size, value: 'large' }] });
  expect(wrong).toMatchObject({
    status: 400,
    body: { message: 'customFields: the value of Size must be of type NUMBER.' },
  });
  await upflow.write('PUT', EDGE, {
    customFields: [
      { id: size, value: 12 },
      { id: since, value: '2020-01-31' },
    ],
  });
  await upflow.write('PUT', EDGE, { customFields: [{ id: size, value: null }] });
  const names = async () =>
    ((await upflow.call(EDGE)).body.customFields as { name: string }[]).map(({ name }) => name);
  expect(await names()).toEqual(['Tier', 'Since']);
  expect((await upflow.write('DELETE', `/custom_fields/${since}`)).status).toBe(204);
  expect(await names()).toEqual(['Tier']);
});

test('a workflow is assigned by its id, and null takes it away', async () => {
  const { items } = (await upflow.call('/dunning_plans')).body as { items: { id: string; name: string }[] };
  const plan = items.find(({ name }) => name === 'Small accounts');
  expect((await upflow.write('PUT', EDGE, { dunningPlanId: plan?.id })).body.dunningPlanId).toBe(plan?.id);
  expect((await upflow.control('GET', '/customers/external:285')).body.workflow).toEqual({
    id: plan?.id,
    name: 'Small accounts',
  });
  expect((await upflow.write('PUT', EDGE, { dunningPlanId: null })).body.dunningPlanId).toBeNull();
});

test('notes are added, listed and removed; a user’s id as path of a note is not found', async () => {
  const note = (await upflow.write('POST', `${EDGE}/notes`, { content: 'Called.' })).body;
  expect((await upflow.call(`${EDGE}/notes`)).body).toMatchObject({
    items: [{ content: 'Called.' }],
    total: 1,
  });
  const stranger = await addUser('x@acme.example');
  expect((await upflow.write('DELETE', `${EDGE}/notes/${stranger}`)).status).toBe(404);
  expect((await upflow.write('DELETE', `${EDGE}/notes/${String(note.id)}`)).status).toBe(204);
});

test('actions name their customer, and places that Upflow does not have are not found', async () => {
  const { items } = (await upflow.call('/actions')).body as { items: { id: string; state: string }[] };
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['TODO', 'EXECUTED']));
  expect((await upflow.call(`/actions/${items[0]?.id ?? ''}`)).body).toMatchObject({
    customer: { companyName: expect.any(String) },
    dunningPlan: { name: expect.any(String) },
  });
  for (const path of ['/dunning-plans', '/reminders', '/events', '/aging'])
    expect(await upflow.call(path)).toMatchObject({ status: 404, body: { message: 'Not found.' } });
});
