import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IdentifierKind } from '../../src/salesforce/identifier-value.ts';
import { Comparison, type Decided, type Entry, type ReportRow } from '../../src/match/comparison.ts';
import { describeDifference } from '../../src/match/loose-form.ts';

type Told = [kind: string, customerId: string | undefined, accountIds: string[]];

function compare(
  kind: IdentifierKind,
  customers: Record<string, string | null>,
  accounts: Record<string, string>,
  decided: Decided[] = [],
): Told[] {
  return tell(compareEntries(kind, toEntries(customers), toEntries(accounts), decided));
}

function compareEntries(
  kind: IdentifierKind,
  customers: Entry[],
  accounts: Entry[],
  decided: Decided[] = [],
) {
  const comparison = new Comparison(kind, decided);
  comparison.addCustomers(customers);
  comparison.addAccounts(accounts);
  return [...comparison.rows()];
}

const toEntries = (values: Record<string, string | null>): Entry[] =>
  Object.entries(values).map(([id, value]) => [id, `Name of ${id}`, value]);

const tell = (rows: ReportRow[]): Told[] =>
  rows
    .map(({ kind, customer, accounts }): Told => [kind, customer?.[0], accounts.map(([id]) => id).sort()])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

test('equal values match; what only one side has is missing on the other', () => {
  expect(compare('text', { c1: 'A', c2: 'B', c3: null, c4: '  ' }, { a1: 'A', a2: 'Z', a3: ' ' })).toEqual([
    ['matched', 'c1', ['a1']],
    ['missing-in-salesforce', 'c2', []],
    ['missing-in-salesforce', 'c3', []],
    ['missing-in-salesforce', 'c4', []],
    ['missing-in-upflow', undefined, ['a2']],
  ]);
});

test('a value that several Accounts or several customers have matches none of them', () => {
  expect(compare('text', { c1: 'A', c2: 'B', c3: 'B' }, { a1: 'A', a2: 'A', a3: 'B' })).toEqual([
    ['duplicate', 'c1', ['a1', 'a2']],
    ['duplicate', 'c2', ['a3']],
    ['duplicate', 'c3', ['a3']],
  ]);
});

test.each([
  ['C-1', ' C-1', 'spaces at the ends'],
  ['C-1', 'C-1 ', 'spaces at the ends'],
  ['AC ME', 'ACME', 'spaces'],
  ['acme', 'ACME', 'letter case'],
  ['AcMe', 'aCmE', 'letter case'],
  ['00285', '285', 'leading zeros'],
  ['00285', '0285', 'leading zeros'],
  ['２８５', '285', 'full-width or other special characters'],
  [' 0aB', 'Ab', 'spaces at the ends, letter case and leading zeros'],
])('%j and %j differ in formatting only: %s', (customer, account, difference) => {
  expect(compare('text', { c: customer }, { a: account })).toEqual([['formatting', 'c', ['a']]]);
  expect(describeDifference(customer, account)).toBe(difference);
});

test('a formatting difference names each Account it may mean, and none that an equal customer has', () => {
  expect(compare('text', { c: 'x' }, { a1: 'X', a2: ' x' })).toEqual([['formatting', 'c', ['a1', 'a2']]]);
  expect(compare('text', { c1: 'X', c2: 'x' }, { a: 'X' })).toEqual([
    ['matched', 'c1', ['a']],
    ['missing-in-salesforce', 'c2', []],
  ]);
});

test('an id matches in 15 and in 18 characters, and never another that differs in case', () => {
  const accounts = { a1: '001D000000IqhSLIAZ', a2: '001D000000IqhSlIAJ' };
  expect(compare('id', { c1: '001D000000IqhSL', c2: '001D000000IqhSlIAJ' }, accounts)).toEqual([
    ['matched', 'c1', ['a1']],
    ['matched', 'c2', ['a2']],
  ]);
  expect(compare('text', { c: '001D000000IqhSLIAZ' }, { a: '001D000000IqhSL' })).toEqual([
    ['matched', 'c', ['a']],
  ]);
  expect(compare('id', { c: '001d000000iqhsl' }, { a: '001D000000IqhSLIAZ' })).toEqual([
    ['missing-in-salesforce', 'c', []],
    ['missing-in-upflow', undefined, ['a']],
  ]);
  expect(compare('id', { c: '001d000000iqhsliaz' }, { a: '001D000000IqhSLIAZ' })).toEqual([
    ['formatting', 'c', ['a']],
  ]);
});

test.each([
  ['285', '285.0'],
  ['285.50', '285.5'],
  ['142000000', '1.42E8'],
  ['0.05', '5.0E-2'],
  ['-3', '-3.0'],
  ['0', '0.0'],
])('the number %s is equal to %s', (customer, account) => {
  expect(compare('number', { c: customer }, { a: account })).toEqual([['matched', 'c', ['a']]]);
});

test('a number with leading zeros is a formatting difference, not a match', () => {
  expect(compare('number', { c: '0285' }, { a: '285.0' })).toEqual([['formatting', 'c', ['a']]]);
});

test('whom a person decided about is out of the comparison, and so is the Account', () => {
  const accounts = { a1: 'A', a2: 'A', a3: 'B' };
  expect(
    compare('text', { c1: 'A', c2: 'Z', c3: 'B' }, accounts, [
      ['c2', 'a2'],
      ['c3', null],
    ]),
  ).toEqual([
    ['manual', 'c2', ['a2']],
    ['manual', 'c3', []],
    ['matched', 'c1', ['a1']],
    ['missing-in-upflow', undefined, ['a3']],
  ]);
});

const dirty = fc
  .tuple(
    fc.constantFrom('', ' ', '\u00a0', '0', '00'),
    fc.constantFrom('a1', 'A1', 'b 2', 'b2', '9', '９'),
    fc.constantFrom('', ' '),
  )
  .map((parts) => parts.join(''));

/** The rules once more, as plainly as they can be said. */
function model(customers: [string, string][], accounts: [string, string][]): Told[] {
  const loose = (text: string) =>
    text
      .normalize('NFKC')
      .replaceAll(/\s/g, '')
      .toLowerCase()
      .replace(/^0+(?=.)/, '');
  const taken = new Set<string>();
  const rows: Told[] = customers.map(([id, value]) => {
    const twins = customers.filter(([, other]) => other === value);
    const equal = accounts.filter(([, other]) => other === value);
    for (const [account] of equal) taken.add(account);
    if (twins.length === 1 && equal.length === 0) {
      const near = accounts.filter(
        ([, other]) => loose(other) === loose(value) && !customers.some(([, theirs]) => theirs === other),
      );
      for (const [account] of near) taken.add(account);
      return [
        near.length === 0 ? 'missing-in-salesforce' : 'formatting',
        id,
        near.map(([account]) => account),
      ];
    }
    const kind = twins.length === 1 && equal.length === 1 ? 'matched' : 'duplicate';
    return [kind, id, equal.map(([account]) => account)];
  });
  for (const [id] of accounts) if (!taken.has(id)) rows.push(['missing-in-upflow', undefined, [id]]);
  return rows;
}

test('whatever the values and their order, each row is what the rules say', () => {
  const values = fc.array(dirty, { maxLength: 10 });
  fc.assert(
    fc.property(values, values, (customerValues, accountValues) => {
      const customers = customerValues.map((value, index): [string, string] => [`c${index}`, value]);
      const accounts = accountValues.map((value, index): [string, string] => [`a${index}`, value]);
      const toEntry = ([id, value]: [string, string]): Entry => [id, '', value];
      const rows = compareEntries('text', customers.toReversed().map(toEntry), accounts.map(toEntry));
      const expected = model(customers, accounts).map(([kind, id, ids]): Told => [kind, id, ids.sort()]);
      expect(tell(rows)).toEqual(expected.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    }),
    { numRuns: 2000 },
  );
});
