import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newestStates, readCustomerStates } from '../../src/export/read-customer-states.ts';
import type { CustomerState } from '../../src/store/customers.ts';
import type { Push } from '../../src/upflow/push-schema.ts';

const pair = { upflow: 'externalId', salesforce: 'AccountNumber' };

const stateArbitrary: fc.Arbitrary<CustomerState> = fc.record({
  customerId: fc.constantFrom('a', 'b', 'c'),
  updatedAt: fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms)),
  pushSentAt: fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms)),
  pushId: fc.string({ minLength: 1, maxLength: 2 }),
  customer: fc.constant(null),
  identifier: fc.constant(null),
});

test('the newest state of a customer is the same whatever the order and the number of copies', () => {
  const stamp = ({ customerId, updatedAt, pushSentAt, pushId }: CustomerState) =>
    `${customerId} ${updatedAt.getTime()} ${pushSentAt.getTime()} ${pushId}`;
  fc.assert(
    fc.property(fc.array(stateArbitrary), fc.array(fc.nat()), (states, order) => {
      const copied = [...states, ...order.flatMap((index) => states[index % (states.length || 1)] ?? [])];
      const shuffled = copied
        .map((state, index) => ({ state, key: order[index % (order.length || 1)] ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ state }) => state);
      expect(newestStates(shuffled).map(stamp).toSorted()).toEqual(
        newestStates(states).map(stamp).toSorted(),
      );
    }),
  );
});

test('customer update time decides first, then the time of the push, then its id', () => {
  const at = (updatedAt: number, pushSentAt: number, pushId: string): CustomerState => ({
    customerId: 'a',
    updatedAt: new Date(updatedAt),
    pushSentAt: new Date(pushSentAt),
    pushId,
    customer: null,
    identifier: null,
  });
  expect(newestStates([at(2, 0, 'x'), at(1, 9, 'y')])).toEqual([at(2, 0, 'x')]);
  expect(newestStates([at(1, 2, 'x'), at(1, 1, 'y')])).toEqual([at(1, 2, 'x')]);
  expect(newestStates([at(1, 1, 'x'), at(1, 1, 'y')])).toEqual([at(1, 1, 'y')]);
});

function updated(data: object): Push {
  return { type: 'customer.updated', timestamp: '2026-11-22T10:00:00Z', data: { id: 'c1', ...data } };
}

test('a customer without an update time counts as updated when its push was made', () => {
  const [state] = readCustomerStates('p1', updated({}), pair);
  expect(state?.updatedAt).toEqual(new Date('2026-11-22T10:00:00Z'));
});

test.each([
  ['externalId', { externalId: '285' }, '285'],
  ['accountingRef', { accountingRef: 'C-1' }, 'C-1'],
  ['customField:f1', { customFields: [{ id: 'f1', value: 'X9' }] }, 'X9'],
  ['customField:f1', { customFields: [{ id: 'f1', value: 42 }] }, '42'],
  ['customField:f1', { customFields: [{ id: 'f2', value: 'X9' }] }, null],
  ['externalId', { externalId: '' }, null],
  ['externalId', {}, null],
])('the identifier %s of %j is %p', (upflow, data, expected) => {
  const [state] = readCustomerStates('p1', updated(data), { upflow, salesforce: 'AccountNumber' });
  expect(state?.identifier).toBe(expected);
});

test('a 15-character Account id is brought to its 18-character form', () => {
  const [state] = readCustomerStates('p1', updated({ externalId: '001D000000IRFma' }), {
    upflow: 'externalId',
    salesforce: 'Id',
  });
  expect(state?.identifier).toBe('001D000000IRFmaIAH');
});
