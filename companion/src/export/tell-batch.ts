import type { Kysely } from 'kysely';
import { countWritten, recordActivity } from '../store/activity.ts';
import type { ClaimedCustomer } from '../store/claims.ts';
import { recordEvents, type NewEvent } from '../store/customer-events.ts';
import { endFailures, saveFailures, type Failure } from '../store/failures.ts';
import type { Tables } from '../store/tables.ts';
import type { BatchResult, End } from './judge-results.ts';

/** Records what people see of a batch: each customer's story, who fails now, how many Accounts were written. */
export async function tellBatch(
  trx: Kysely<Tables>,
  connectionId: string,
  result: BatchResult,
): Promise<void> {
  await recordEvents(trx, connectionId, tellStories(result));
  const { failures, endedFor } = sortEnds(result);
  await saveFailures(trx, connectionId, failures);
  await endFailures(trx, connectionId, endedFor);
  const counts: Record<string, number> = {};
  for (const end of result.ends.values()) {
    const name = end.kind === 'done' ? end.outcome : 'retry';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  await countWritten(trx, connectionId, counts.written ?? 0);
  await recordActivity(trx, connectionId, 'batch', [{ customers: result.ends.size, counts }]);
}

/** What the batch adds to its customers' stories. What changed nothing is told by the push itself. */
export function tellStories({ ends, written, links }: BatchResult): NewEvent[] {
  const newAccounts = new Map(
    [...links].flatMap(([accountId, customerId]) => (customerId === null ? [] : [[customerId, accountId]])),
  );
  return [...ends].flatMap(([claimed, end]) => {
    const { customerId, pushId, identifier } = claimed;
    const about = { customerId, pushId, identifier };
    const newAccount = newAccounts.get(customerId);
    const matched: NewEvent[] =
      newAccount === undefined
        ? []
        : [{ ...about, kind: 'matched', accountId: newAccount, fields: [], reason: null }];
    const ended = tellEnd(claimed, end, written);
    return ended === undefined ? matched : [...matched, { ...about, ...ended }];
  });
}

function tellEnd(
  { customer }: ClaimedCustomer,
  end: End,
  written: BatchResult['written'],
): Pick<NewEvent, 'kind' | 'accountId' | 'fields' | 'reason'> | undefined {
  const { reason } = end;
  if (end.kind === 'again') {
    return reason === null ? undefined : { kind: 'postponed', accountId: null, fields: [], reason };
  }
  const { accountId } = end;
  switch (end.outcome) {
    case 'written': {
      const fields = Object.keys(written.get(accountId ?? '') ?? {});
      return { kind: customer === null ? 'cleared' : 'written', accountId, fields, reason: null };
    }
    case 'unmatched':
      return { kind: 'unmatched', accountId, fields: [], reason };
    case 'needs attention':
      return { kind: 'refused', accountId, fields: [], reason };
    default:
      return undefined;
  }
}

function sortEnds({ ends }: BatchResult): { failures: Failure[]; endedFor: string[] } {
  const failures: Failure[] = [];
  const endedFor: string[] = [];
  for (const [{ customerId, pushId }, end] of ends) {
    if (end.kind !== 'done') continue;
    const { outcome, accountId, reason } = end;
    const isFailure = outcome === 'unmatched' || outcome === 'needs attention';
    if (isFailure && reason !== null) failures.push({ customerId, pushId, outcome, accountId, reason });
    else endedFor.push(customerId);
  }
  return { failures, endedFor };
}
