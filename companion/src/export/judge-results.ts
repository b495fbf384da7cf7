import type { Outcome, Reason } from '../outcome.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import { explainRowError } from '../salesforce/explain-error.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { ClaimedCustomer } from '../store/claims.ts';
import type { WriteReport } from './6-write.ts';
import type { Decision } from './decide.ts';

/** Tries after which a row that Salesforce keeps refusing is left to a person. */
const MAX_ATTEMPTS = 12;

const FIRST_RETRY_IN_SECONDS = 2;
const LONGEST_RETRY_IN_SECONDS = 5 * 60;

/** Codes that say the Account itself is gone: what we knew of it is forgotten. */
const GONE = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/** Codes that may only mean that our picture of the org's fields is old: worth one more try with a new one. */
export const STALE_DESCRIPTION: ReadonlySet<string> = new Set([
  'INVALID_FIELD',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
]);

/** How one claimed customer ends. */
export type End =
  | { kind: 'done'; outcome: Outcome; accountId: string | null; reason: Reason | null }
  /** Not yet: tried again at the given moment, or at once, for the given reason. `countAttempt` is false when nothing was tried. */
  | { kind: 'again'; at: Date | null; countAttempt: boolean; reason: Reason | null };

export interface BatchResult {
  ends: Map<ClaimedCustomer, End>;
  /** What was written, by Account; empty where nothing was. */
  written: Map<string, FieldValues>;
  /** The customer that each Account now carries; null when it carries none. */
  links: Map<string, string | null>;
  gone: string[];
  /** Accounts whose customer was refused and whose people are to be told why. */
  refused: { account: KnownAccount | undefined; reason: Reason }[];
}

/** Turns Salesforce's answers into one end for each customer. */
export function judgeResults(
  decisions: ReadonlyMap<ClaimedCustomer, Decision>,
  { results }: WriteReport,
  now: Date,
): BatchResult {
  const batch: BatchResult = { ends: new Map(), written: new Map(), links: new Map(), gone: [], refused: [] };
  const takenOver = new Set(
    [...decisions.values()].flatMap(({ kind, account, changes }) =>
      kind === 'show' && changes !== undefined ? [account.accountId] : [],
    ),
  );
  for (const [claimed, decision] of decisions) {
    const accountId = decision.account?.accountId ?? null;
    const row = accountId === null || decision.changes === undefined ? undefined : results.get(accountId);
    // Who leaves an Account to another customer has left it only once the other's figures are there.
    const isStillThere =
      (decision.kind === 'leave' || decision.kind === 'clear') &&
      accountId !== null &&
      takenOver.has(accountId) &&
      results.get(accountId)?.ok !== true;
    if (isStillThere || (decision.changes !== undefined && row === undefined)) {
      batch.ends.set(claimed, { kind: 'again', at: null, countAttempt: false, reason: null });
    } else if (row?.ok === false) {
      // A refused row changed nothing: what was known of the Account before holds again.
      if (accountId !== null) batch.written.set(accountId, {});
      judgeRefusal(batch, claimed, decision, row, now);
    } else {
      if (accountId !== null && decision.changes !== undefined)
        batch.written.set(accountId, decision.changes);
      judgeSuccess(batch, claimed, decision, accountId);
    }
  }
  return batch;
}

function judgeSuccess(
  batch: BatchResult,
  claimed: ClaimedCustomer,
  decision: Decision,
  accountId: string | null,
) {
  const outcome = decision.changes === undefined ? 'unchanged' : 'written';
  switch (decision.kind) {
    case 'show':
      if (decision.account.customerId !== claimed.customerId) {
        batch.links.set(decision.account.accountId, claimed.customerId);
      }
      batch.ends.set(claimed, { kind: 'done', outcome, accountId, reason: null });
      break;
    case 'leave':
      release(batch, decision.account.accountId);
      batch.ends.set(claimed, { kind: 'again', at: null, countAttempt: false, reason: null });
      break;
    case 'clear':
      if (accountId !== null) release(batch, accountId);
      batch.ends.set(claimed, { kind: 'done', outcome, accountId, reason: null });
      break;
    case 'explain':
      batch.ends.set(claimed, {
        kind: 'done',
        outcome: decision.outcome,
        accountId,
        reason: decision.reason,
      });
  }
}

/** An Account that another customer of the batch takes over stays that one's. */
function release(batch: BatchResult, accountId: string): void {
  if (!batch.links.has(accountId)) batch.links.set(accountId, null);
}

function judgeRefusal(
  batch: BatchResult,
  claimed: ClaimedCustomer,
  decision: Decision,
  row: { code: string; message: string },
  now: Date,
): unknown {
  const accountId = decision.account?.accountId ?? null;
  const again = (at: Date | null, reason: Reason | null = null) =>
    batch.ends.set(claimed, { kind: 'again', at, countAttempt: true, reason });
  const done = (outcome: Outcome, why: Reason | null) =>
    batch.ends.set(claimed, { kind: 'done', outcome, accountId, reason: why });

  const isGone = accountId !== null && GONE.has(row.code);
  if (isGone) batch.gone.push(accountId);
  // Telling the people at the Account is a courtesy; the outcome stands without it.
  if (decision.kind === 'explain') return done(decision.outcome, decision.reason);
  if (isGone && decision.kind === 'leave') return again(null);
  if (isGone && decision.kind === 'clear') return done('unchanged', null);

  const { retry, reason } = explainRowError(row);
  if (retry && claimed.attempts < MAX_ATTEMPTS) return again(nextAttempt(claimed.attempts, now), reason);
  if (STALE_DESCRIPTION.has(row.code) && claimed.attempts === 1) return again(null);
  const why = retry
    ? { ...reason, action: `It was tried ${MAX_ATTEMPTS} times. Retry when the cause is gone.` }
    : reason;
  if (!isGone) batch.refused.push({ account: decision.account, reason: why });
  done('needs attention', why);
}

/** Doubles with each attempt, with jitter so that rows which met one lock do not meet again. */
function nextAttempt(attempts: number, now: Date): Date {
  const seconds = Math.min(LONGEST_RETRY_IN_SECONDS, FIRST_RETRY_IN_SECONDS * 2 ** (attempts - 1));
  return new Date(now.getTime() + seconds * 1000 * (0.5 + Math.random() / 2));
}
