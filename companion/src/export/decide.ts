import type { Reason } from '../outcome.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { ClaimedCustomer } from '../store/claims.ts';
import { matchCustomer } from './4-match.ts';
import {
  planChanges,
  stampFreshness,
  wantAttention,
  wantCustomer,
  wantNothing,
  type Changes,
} from './5-plan.ts';
import type { Targets } from './map-values.ts';

/** What to do about one claimed customer. `account` is the one to write on, and `changes` what to write. */
export type Decision =
  /** The figures go on the Account. */
  | { kind: 'show'; account: KnownAccount; changes: Changes }
  /** The customer left its earlier Account; it is decided anew once that one is clean. */
  | { kind: 'leave'; account: KnownAccount; changes: Changes }
  /** The customer was deleted in Upflow. */
  | { kind: 'clear'; account: KnownAccount | undefined; changes: Changes }
  /** A person must act; the Account that has the earlier figures, if any, says so. */
  | {
      kind: 'explain';
      outcome: 'unmatched' | 'needs attention';
      reason: Reason;
      account: KnownAccount | undefined;
      changes: Changes;
    };

/** Everything a decision rests on, read beforehand. */
export interface Knowledge {
  description: AccountDescription;
  /** Which fields are written. */
  targets: Targets;
  /** All Accounts that carry one of the batch's identifiers, in any case of letters, or one of its customers. */
  accounts: readonly KnownAccount[];
  customersByIdentifier: ReadonlyMap<string, number>;
  /** How the Salesforce side of the identifier is called in sentences. */
  identifierField: string;
  now: Date;
  confirmAfterInMs: number;
}

/** Decides what to do about each customer of a batch. No two decisions write on the same Account. */
export function decideBatch(
  customers: readonly ClaimedCustomer[],
  knowledge: Knowledge,
): Map<ClaimedCustomer, Decision> {
  const byIdentifier = Map.groupBy(knowledge.accounts, ({ identifier }) => identifier?.toLowerCase());
  const byCustomer = new Map(knowledge.accounts.map((account) => [account.customerId, account]));

  const decisions = new Map(
    customers.map((claimed) => {
      const candidates = byIdentifier.get(claimed.identifier?.toLowerCase()) ?? [];
      return [claimed, decide(claimed, candidates, byCustomer.get(claimed.customerId), knowledge)];
    }),
  );

  // An Account that a customer of this batch moves to is written by that one alone.
  const shown = new Set(
    [...decisions.values()].flatMap((decision) => (decision.kind === 'show' ? [decision.account] : [])),
  );
  for (const decision of decisions.values()) {
    if (decision.kind !== 'show' && decision.account !== undefined && shown.has(decision.account)) {
      decision.changes = undefined;
    }
  }
  return decisions;
}

function decide(
  { customer, identifier }: ClaimedCustomer,
  candidates: readonly KnownAccount[],
  linked: KnownAccount | undefined,
  knowledge: Knowledge,
): Decision {
  const { description, targets } = knowledge;
  const plan = (account: KnownAccount | undefined, wanted: FieldValues): Changes =>
    account && planChanges(wanted, account.written);

  if (customer === null)
    return { kind: 'clear', account: linked, changes: plan(linked, wantNothing(targets)) };

  const sharedBy = identifier === null ? 0 : (knowledge.customersByIdentifier.get(identifier) ?? 0);
  const match = matchCustomer(identifier, candidates, sharedBy, knowledge.identifierField);
  if ('unmatched' in match) {
    const reason = match.unmatched;
    return {
      kind: 'explain',
      outcome: 'unmatched',
      reason,
      account: linked,
      changes: plan(linked, wantAttention(reason, targets)),
    };
  }

  const { account } = match;
  if (linked !== undefined && linked !== account) {
    return { kind: 'leave', account: linked, changes: plan(linked, wantNothing(targets)) };
  }
  const wanted = wantCustomer(customer, account, description, targets);
  if ('attention' in wanted) {
    const reason = wanted.attention;
    return {
      kind: 'explain',
      outcome: 'needs attention',
      reason,
      account,
      changes: plan(account, wantAttention(reason, targets)),
    };
  }
  return {
    kind: 'show',
    account,
    changes: stampFreshness(plan(account, wanted.values), account.written, targets, knowledge),
  };
}
