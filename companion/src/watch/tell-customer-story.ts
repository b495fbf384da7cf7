import type { Outcome, Reason } from '../outcome.ts';
import type { AuditRow } from '../store/read-audit.ts';
import type { CustomerEvent } from '../store/customer-events.ts';
import type { CustomerPush } from '../store/read-customer.ts';

/** One thing that happened to a customer. */
export interface StoryEntry {
  at: Date;
  /** In a few words, such as `push received`. */
  what: string;
  /** The rest of it, as a sentence: ids and names of fields, no values. */
  detail: string;
  outcome: Outcome | 'pending' | null;
  reason: Reason | null;
}

/** What a story is made of. */
export interface StorySources {
  pushes: readonly CustomerPush[];
  events: readonly CustomerEvent[];
  /** What people did to this customer: links made and undone by hand. */
  audit: readonly AuditRow[];
}

/** Tells the way of a customer from push to Account, newest first. */
export function tellCustomerStory({ pushes, events, audit }: StorySources): StoryEntry[] {
  // In the order in which things of one moment follow each other.
  const entries = [
    ...pushes.map(tellArrival),
    ...audit.map(tellDeed),
    ...events.toReversed().map(tellEvent),
    ...pushes.flatMap(tellQuietEnd),
  ];
  return entries
    .map((entry, place) => ({ entry, place }))
    .toSorted((a, b) => b.entry.at.getTime() - a.entry.at.getTime() || b.place - a.place)
    .map(({ entry }) => entry);
}

function tellArrival({ pushId, type, receivedAt, outcome }: CustomerPush): StoryEntry {
  return {
    at: receivedAt,
    what: 'push received',
    detail: `Upflow sent ${type} as ${pushId}.`,
    outcome: outcome ?? 'pending',
    reason: null,
  };
}

/** Ends that leave no event: nothing was written. */
function tellQuietEnd({ pushId, outcome, endedAt }: CustomerPush): StoryEntry[] {
  if (endedAt === null || (outcome !== 'superseded' && outcome !== 'unchanged')) return [];
  const detail =
    outcome === 'superseded'
      ? `A newer state of the customer took the place of ${pushId}.`
      : `The Account already had everything that ${pushId} says.`;
  return [{ at: endedAt, what: outcome, detail, outcome, reason: null }];
}

function tellDeed({ at, actor, action, details }: AuditRow): StoryEntry {
  const account = typeof details.accountId === 'string' ? ` Account ${details.accountId}.` : '';
  return { at, what: action, detail: `By ${actor}.${account}`, outcome: null, reason: null };
}

function tellEvent(event: CustomerEvent): StoryEntry {
  const { at, kind, reason } = event;
  const account = event.accountId ?? 'its Account';
  const tell = (what: string, detail: string, outcome: Outcome | null = null): StoryEntry => ({
    at,
    what,
    detail,
    outcome,
    reason,
  });
  switch (kind) {
    case 'matched':
      return tell('matched', `Account ${account}${explainMatch(event.detail)}.`);
    case 'written':
      return tell('written', `Account ${account}: ${event.fields.join(', ')}.`, 'written');
    case 'cleared':
      return tell('cleared', `The customer was deleted in Upflow; Account ${account} is empty.`, 'written');
    case 'refused':
      return tell('refused', `Salesforce did not take the change of ${account}.`, 'needs attention');
    case 'postponed':
      return tell('to be tried again', 'The attempt failed; another one follows by itself.');
    case 'unmatched':
      return tell('unmatched', 'No Account was found to write on.', 'unmatched');
    case 'retried':
      return tell('retried', `By ${event.detail?.by ?? 'a person'}.`);
  }
}

function explainMatch(detail: CustomerEvent['detail']): string {
  const { identifier, upflow, salesforce } = detail ?? {};
  if (identifier === undefined || upflow === undefined || salesforce === undefined) return '';
  return `: its ${salesforce} is "${identifier}", as the customer's ${upflow} is`;
}
