import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideBatch, type Decision, type Knowledge } from '../../src/export/decide.ts';
import { resolveTargets } from '../../src/export/map-values.ts';
import { judgeResults } from '../../src/export/judge-results.ts';
import type { RowResult } from '../../src/salesforce/update-accounts.ts';
import type { KnownAccount } from '../../src/store/accounts.ts';
import type { ClaimedCustomer } from '../../src/store/claims.ts';
import { makeField } from '../support/make-field.ts';

const description: Knowledge['description'] = {
  packagePrefix: 'upflow__',
  conversionRates: undefined,
  fields: new Map(
    ['Customer_Id__c', 'Payer_Rating__c', 'Sync_Status__c', 'Last_Synced__c'].map((field) => {
      const name = `upflow__${field}`;
      return [name.toLowerCase(), makeField(name)];
    }),
  ),
};

function claim(customerId: string, identifier: string | null, rating: string | null): ClaimedCustomer {
  const customer = rating === null ? null : { id: customerId, rating };
  return { customerId, pushId: `push-${customerId}`, customer, identifier, version: 1, attempts: 1 };
}

function account(accountId: string, identifier: string, customerId: string | null = null): KnownAccount {
  const written =
    customerId === null ? {} : { upflow__Customer_Id__c: customerId, upflow__Payer_Rating__c: 'A' };
  return { accountId, identifier, currency: null, customerId, written };
}

function know(customers: ClaimedCustomer[], accounts: KnownAccount[]): Knowledge {
  const counts = new Map<string, number>();
  for (const { identifier, customer } of customers) {
    if (identifier !== null && customer !== null) counts.set(identifier, (counts.get(identifier) ?? 0) + 1);
  }
  return {
    description,
    targets: resolveTargets({}, description),
    accounts,
    links: [],
    customersByIdentifier: counts,
    identifierField: 'Number',
    now: new Date('2026-11-22T10:00:00Z'),
    confirmAfterInMs: 3_600_000,
  };
}

const decide = (customers: ClaimedCustomer[], accounts: KnownAccount[]) => [
  ...decideBatch(customers, know(customers, accounts)).values(),
];
const kinds = (decisions: Decision[]) => decisions.map(({ kind }) => kind);

test('a matched customer is shown; one that moved leaves first; a deleted one is cleared; the rest is explained', () => {
  const decisions = decide(
    [claim('c1', 'a', 'B'), claim('c2', 'new', 'B'), claim('c3', 'c', null), claim('c4', 'nowhere', 'B')],
    [account('001A', 'a'), account('001B', 'old', 'c2'), account('001N', 'new'), account('001C', 'c', 'c3')],
  );
  expect(kinds(decisions)).toEqual(['show', 'leave', 'clear', 'explain']);
});

test('an Account that another customer of the batch takes over is written by that one alone', () => {
  const [leaving, taking] = decide(
    [claim('c1', 'elsewhere', 'B'), claim('c2', 'a', 'C')],
    [account('001A', 'a', 'c1'), account('001E', 'elsewhere')],
  );
  expect([leaving?.kind, leaving?.changes]).toEqual(['leave', undefined]);
  expect(taking).toMatchObject({
    kind: 'show',
    changes: { upflow__Customer_Id__c: 'c2', upflow__Payer_Rating__c: 'C' },
  });
});

const identifiers = fc.constantFrom('a', 'b', 'c', 'A', 'x');
const batch = fc.record({
  customers: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('c1', 'c2', 'c3', 'c4'),
      fc.option(identifiers),
      fc.option(fc.constantFrom('A', 'B')),
    ),
    { selector: ([customerId]) => customerId },
  ),
  accounts: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('001A', '001B', '001C'),
      identifiers,
      fc.option(fc.constantFrom('c1', 'c2', 'c9')),
    ),
    { selector: ([accountId, , customerId]) => customerId ?? accountId },
  ),
  results: fc.dictionary(
    fc.constantFrom('001A', '001B', '001C'),
    fc.constantFrom<RowResult>(
      { ok: true },
      { ok: false, code: 'UNABLE_TO_LOCK_ROW', message: '', fields: [] },
      { ok: false, code: 'ENTITY_IS_DELETED', message: '', fields: [] },
      { ok: false, code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: '', fields: [] },
    ),
  ),
});

test('whatever is claimed and whatever Salesforce answers: no Account is written twice, and each customer has one end', () => {
  fc.assert(
    fc.property(batch, ({ customers, accounts, results }) => {
      const claimed = customers.map((parts) => claim(...parts));
      const byId = new Map(accounts.map(([id, ...rest]) => [id, account(id, ...rest)]));
      const decisions = decideBatch(claimed, know(claimed, [...byId.values()]));

      const writes = [...decisions.values()].flatMap(({ account: on, changes }) =>
        on === undefined || changes === undefined ? [] : [on.accountId],
      );
      expect(new Set(writes).size).toBe(writes.length);

      const answered = new Map(Object.entries(results).filter(([id]) => writes.includes(id)));
      const judged = judgeResults(decisions, { results: answered }, new Date());
      expect([...judged.ends.keys()]).toEqual(claimed);
      const carried = [...judged.links.values()].filter((customerId) => customerId !== null);
      expect(new Set(carried).size).toBe(carried.length);
      for (const [one, end] of judged.ends) {
        if (end.kind === 'done' && end.outcome === 'written') {
          expect(answered.get(decisions.get(one)?.account?.accountId ?? '')).toEqual({ ok: true });
        }
      }
    }),
    { numRuns: 2000 },
  );
});
