import type { Reason } from '../outcome.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { ClaimedCustomer } from '../store/claims.ts';
import type { Link } from '../store/links.ts';
import { followLink, matchCustomer } from './4-match.ts';
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
  /** What people decided about customers of the batch, and about its Accounts. */
  links: readonly Link[];
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

  const takenAccounts = new Map(knowledge.links.map(({ accountId, customerId }) => [accountId, customerId]));
  const linkOf = new Map(knowledge.links.map((link) => [link.customerId, link]));

  const decisions = new Map(
    customers.map((claimed) => {
      const { customerId, identifier } = claimed;
      // An Account that a person gave to another customer is no candidate.
      const isFree = ({ accountId }: KnownAccount) =>
        (takenAccounts.get(accountId) ?? customerId) === customerId;
      const candidates = (byIdentifier.get(identifier?.toLowerCase()) ?? []).filter(isFree);
      const carrier = byCustomer.get(customerId);
      const link = linkOf.get(customerId);
      return [claimed, decide(claimed, { candidates, carrier, isFree, link }, knowledge)];
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

interface Surroundings {
  /** Accounts with the customer's identifier, in any case of letters. */
  candidates: readonly KnownAccount[];
  /** The Account that has the customer's figures. */
  carrier: KnownAccount | undefined;
  /** False for an Account that a person gave to another customer. */
  isFree: (account: KnownAccount) => boolean;
  /** What a person decided about the customer. */
  link: Link | undefined;
}

function decide(
  { customer, identifier }: ClaimedCustomer,
  { candidates, carrier: linked, isFree, link }: Surroundings,
  knowledge: Knowledge,
): Decision {
  const { description, targets } = knowledge;
  const plan = (account: KnownAccount | undefined, wanted: FieldValues): Changes =>
    account && planChanges(wanted, account.written);

  if (customer === null)
    return { kind: 'clear', account: linked, changes: plan(linked, wantNothing(targets)) };

  // Where a person ended a link, the Account must not keep the figures.
  const hasLeft =
    linked !== undefined && (link?.accountId === null || linked.leftByHand === true || !isFree(linked));
  if (hasLeft) {
    return { kind: 'leave', account: linked, changes: plan(linked, wantNothing(targets)) };
  }
  const sharedBy = identifier === null ? 0 : (knowledge.customersByIdentifier.get(identifier) ?? 0);
  const match =
    link === undefined
      ? matchCustomer(identifier, candidates, sharedBy, knowledge.identifierField)
      : followLink(link, knowledge.accounts);
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
