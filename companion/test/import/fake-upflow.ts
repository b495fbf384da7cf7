import { randomUUID } from 'node:crypto';
import type { UpflowClient } from '../../src/upflow/api-client.ts';
import { UpflowCallError } from '../../src/upflow/call-error.ts';

export interface FakeContact extends Record<string, unknown> {
  id: string;
  externalId: string | null;
  email: string;
  isMain: boolean;
}

export interface FakeCustomer {
  accountManagerId: string | null;
  customFields: Map<string, unknown>;
  contacts: FakeContact[];
}

/** An Upflow organization as far as the import sees it, in memory and with Upflow's rules. */
export interface FakeUpflow {
  client: UpflowClient;
  customers: Map<string, FakeCustomer>;
  users: { id: string; email: string; firstName: string | null; lastName: string | null; status: string }[];
  fields: { id: string; name: string; type: string; entity: string }[];
  /** Every call, as `PUT /customers/c1`. */
  calls: string[];
  /** Those that change something. */
  writes(): string[];
  addCustomer(id: string, contacts?: { email: string; isMain?: boolean }[]): void;
  /** Called before each call, and after it was done; what it throws the caller meets. */
  interfere?: ((call: string, when: 'before' | 'after') => void | Promise<void>) | undefined;
}

type Body = Record<string, unknown> & { customFields?: { id: string; value: unknown }[] };

export function fakeUpflow(): FakeUpflow {
  const customers = new Map<string, FakeCustomer>();
  const emails = new Map<string, FakeContact>();
  const fake: FakeUpflow = {
    customers,
    users: [],
    fields: [],
    calls: [],
    writes: () => fake.calls.filter((call) => !call.startsWith('GET')),
    addCustomer(id, contacts = []) {
      const customer: FakeCustomer = { accountManagerId: null, customFields: new Map(), contacts: [] };
      customers.set(id, customer);
      for (const contact of contacts) saveContact(customer, undefined, { isMain: false, ...contact });
    },
    client: undefined as unknown as UpflowClient,
  };

  function saveContact(customer: FakeCustomer, contact: FakeContact | undefined, body: Body): FakeContact {
    const email = (body.email as string | undefined) ?? contact?.email ?? '';
    const holder = emails.get(email.toLowerCase());
    if (email === '' || (holder !== undefined && holder !== contact)) {
      throw new UpflowCallError('rejected', `email ${email} is that of another contact.`, 400);
    }
    if (body.isMain === true) for (const other of customer.contacts) other.isMain = false;
    const saved = contact ?? ({ id: randomUUID() } as FakeContact);
    if (contact === undefined) customer.contacts.push(saved);
    else emails.delete(contact.email.toLowerCase());
    Object.assign(saved, body);
    emails.set(email.toLowerCase(), saved);
    return saved;
  }

  function findCustomer(id: string): FakeCustomer {
    const customer = customers.get(id);
    if (customer === undefined) throw new UpflowCallError('not-found', `Customer ${id} not found.`, 404);
    return customer;
  }

  function answer(method: string, path: string, body: Body): unknown {
    const [, resource = '', id = '', below, contactId] = path.split('/').map(decodeURIComponent);
    if (resource === 'users') {
      if (fake.users.some(({ email }) => email.toLowerCase() === String(body.email).toLowerCase()))
        throw new UpflowCallError('rejected', 'There is a user with this email.', 409);
      const status = body.invite === false ? 'CREATED' : 'INVITED';
      const user = { ...body, id: randomUUID(), status } as unknown as FakeUpflow['users'][number];
      fake.users.push(user);
      return user;
    }
    if (resource === 'custom_fields') {
      const field = { ...body, id: randomUUID() } as unknown as FakeUpflow['fields'][number];
      fake.fields.push(field);
      return field;
    }
    const customer = findCustomer(id);
    if (below === undefined) {
      const { accountManagerId, customFields = [] } = body;
      if (typeof accountManagerId === 'string') {
        if (!fake.users.some((user) => user.id === accountManagerId))
          throw new UpflowCallError('rejected', 'There is no such user.', 400);
        customer.accountManagerId = accountManagerId;
      }
      for (const { id: fieldId, value } of customFields) {
        if (value === null) customer.customFields.delete(fieldId);
        else customer.customFields.set(fieldId, value);
      }
      return { id };
    }
    if (contactId === undefined) {
      const same = customer.contacts.find(
        ({ externalId }) => externalId != null && externalId === body.externalId,
      );
      return saveContact(customer, same, body);
    }
    const contact = customer.contacts.find((one) => one.id === contactId);
    if (contact === undefined) throw new UpflowCallError('not-found', 'Contact not found.', 404);
    if (method === 'PUT') return saveContact(customer, contact, body);
    customer.contacts = customer.contacts.filter((one) => one !== contact);
    emails.delete(contact.email.toLowerCase());
    return undefined;
  }

  function list(path: string): Record<string, unknown>[] {
    if (path === '/users') return fake.users;
    if (path === '/custom_fields') return fake.fields;
    return findCustomer(decodeURIComponent(path.split('/')[2] ?? '')).contacts;
  }

  const calling = async <Result>(call: string, work: () => Result): Promise<Result> => {
    fake.calls.push(call);
    await Promise.resolve();
    await fake.interfere?.(call, 'before');
    const result = work();
    await fake.interfere?.(call, 'after');
    return result;
  };
  fake.client = {
    checkCredentials: () => Promise.resolve(),
    listCustomers: () => Promise.resolve({ customers: [], total: 0 }),
    call: ({ method, path, body }) =>
      calling(`${method} ${path}`, () => answer(method, path, (body ?? {}) as Body)),
    async *pages({ path }) {
      yield await calling(`GET ${path}`, () => structuredClone(list(path)) as never);
    },
  };
  return fake;
}
