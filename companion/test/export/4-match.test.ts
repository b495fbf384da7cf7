import { expect, test } from '@jest/globals';
import { matchCustomer } from '../../src/export/4-match.ts';
import type { KnownAccount } from '../../src/store/accounts.ts';

const account = (accountId: string, identifier: string): KnownAccount => ({
  accountId,
  identifier,
  currency: null,
  customerId: null,
  written: {},
});
const code = (match: ReturnType<typeof matchCustomer>) =>
  'unmatched' in match ? match.unmatched.code : 'matched';

test('a customer belongs to the one Account with an equal identifier', () => {
  const mine = account('001A', 'C-1');
  expect(matchCustomer('C-1', [mine, account('001B', 'c-1')], 1, 'Number')).toEqual({ account: mine });
});

test('nothing is guessed, and the reason says what stands in the way', () => {
  const twins = [account('001A', 'C-1'), account('001B', 'C-1')];
  expect(code(matchCustomer(null, [], 0, 'Number'))).toBe('no-identifier');
  expect(code(matchCustomer('C-1', [], 1, 'Number'))).toBe('no-account');
  expect(code(matchCustomer('C-1', twins, 1, 'Number'))).toBe('duplicate-account');
  expect(code(matchCustomer('C-1', [account('001A', 'C-1')], 2, 'Number'))).toBe('duplicate-customer');
  expect(code(matchCustomer('C-1', [account('001A', 'c-1')], 1, 'Number'))).toBe('formatting-difference');
});

test('the reason names the Accounts in question, at most five of them', () => {
  const many = Array.from({ length: 7 }, (_, index) => account(`00100000000000${index}`, 'C-1'));
  const match = matchCustomer('C-1', many, 1, 'Number');
  expect('unmatched' in match && match.unmatched.message).toBe(
    '7 Accounts have "C-1" in Number: 001000000000000, 001000000000001, 001000000000002, 001000000000003, 001000000000004 ….',
  );
});
