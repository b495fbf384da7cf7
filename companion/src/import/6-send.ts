import type { Kysely } from 'kysely';
import type { ImportSettings } from '../connect/import-settings.ts';
import {
  countDirty,
  loadDirty,
  markInFlight,
  saveSent,
  type ImportedCustomer,
} from '../store/import-customers.ts';
import { holdImport, type ImportLease } from '../store/import-lease.ts';
import { saveSkips } from '../store/import-skips.ts';
import { saveUpflowUsers } from '../store/import-users.ts';
import type { Tables } from '../store/tables.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { planCustomer, type Plan } from './5-plan.ts';
import { needsCalls, sendCustomer, type SentCustomer } from './send-customer.ts';
import type { Tally } from './tally.ts';
import { UpflowUsers } from './upflow-users.ts';

/** Customers whose calls are made, and kept, together; a process that is killed has as many to look at again. */
const CUSTOMERS_AT_ONCE = 50;
/** Upflow is asked for no more at once anyway. */
const WORKERS = 5;
/** Rounds over customers that waited for each other's addresses. */
const MOST_ROUNDS = 4;

export interface SendingContext {
  db: Kysely<Tables>;
  connectionId: string;
  settings: ImportSettings;
  /** Opened at the first customer that needs a call. */
  upflow: () => UpflowClient;
  lease: ImportLease;
  tally: Tally;
  signal?: AbortSignal | undefined;
}

/** Step 6: goes over the customers that are to be looked at, and sends each what differs. */
export async function sendCustomers(context: SendingContext): Promise<void> {
  const { db, connectionId, tally } = context;
  tally.begin('sending');
  tally.expect(await countDirty(db, connectionId));
  let users: UpflowUsers | undefined;
  const open = () => (users ??= new UpflowUsers(context.upflow()));
  for (let round = 1, before = Infinity; ; round++) {
    const pending = await sendRound(context, open, round < MOST_ROUNDS);
    if (pending === 0) return;
    // Where nobody got further another wait will not help: the next round is the last.
    if (pending >= before) round = Math.max(round, MOST_ROUNDS - 1);
    before = pending;
  }
}

/** @returns how many wait for others */
async function sendRound(
  context: SendingContext,
  users: () => UpflowUsers,
  mayWait: boolean,
): Promise<number> {
  const { db, connectionId, signal } = context;
  let pending = 0;
  for (let after = ''; ;) {
    signal?.throwIfAborted();
    const customers = await loadDirty(db, connectionId, after, CUSTOMERS_AT_ONCE);
    if (customers.length === 0) return pending;
    after = customers.at(-1)?.customerId ?? after;
    pending += await sendSlice(context, customers, users, mayWait);
  }
}

async function sendSlice(
  context: SendingContext,
  customers: readonly ImportedCustomer[],
  users: () => UpflowUsers,
  mayWait: boolean,
): Promise<number> {
  const { db, connectionId, lease, settings, tally, signal } = context;
  const plans = customers.map((customer) => ({ customer, plan: planCustomer(customer, settings) }));
  const [busy, idle] = [plans.filter(needs), plans.filter((one) => !needs(one))];
  if (busy.length > 0) {
    await db.transaction().execute(async (trx) => {
      await holdImport(trx, lease);
      await markInFlight(
        trx,
        connectionId,
        busy.map(({ customer }) => customer.customerId),
      );
    });
  }
  const counted: string[] = [];
  const count = (name: string) => counted.push(name);
  const sent = new Map<ImportedCustomer, SentCustomer>();
  const queue = [...busy];
  const createdBefore = busy.length > 0 ? users().created : 0;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      signal?.throwIfAborted();
      const sending = { client: context.upflow(), users: users(), mayWait, count, signal };
      sent.set(next.customer, await sendCustomer(next.customer, next.plan, sending));
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(WORKERS, busy.length) }, work));
  const failure = ends.find((end) => end.status === 'rejected');

  // What was done is kept, also where the rest could not be.
  const done = [
    ...idle.map(({ customer, plan }) => ({ customer, plan, ...leaveAsSent(customer, plan) })),
    ...busy.flatMap(({ customer, plan }) => {
      const end = sent.get(customer);
      return end === undefined ? [] : [{ customer, plan, ...end }];
    }),
  ];
  const pending = done.filter(({ state }) => state.isPending).length;
  await db.transaction().execute(async (trx) => {
    await holdImport(trx, lease);
    const known = await saveSent(
      trx,
      connectionId,
      done.map(({ state }) => state),
    );
    const ended = done.filter(({ customer, state }) => known.has(customer.customerId) && !state.isPending);
    const skips = ended.flatMap((one) => [...one.plan.skips, ...one.skips]);
    await saveSkips(
      trx,
      connectionId,
      lease.runId,
      ended.map(({ customer }) => customer.customerId),
      skips,
    );
    if (busy.length > 0) {
      const found = [...users().found].map(([userId, upflowId]) => ({ userId, upflowId }));
      await saveUpflowUsers(trx, connectionId, found);
      tally.add('owners.created', users().created - createdBefore);
    }
    for (const name of counted) tally.add(name);
    for (const { code } of skips) tally.add(`skipped.${code}`);
    tally.advance(ended.length);
    await tally.save(trx);
  });
  if (failure?.status === 'rejected') throw failure.reason;
  return pending;
}

function needs({ customer, plan }: { customer: ImportedCustomer; plan: Plan }): boolean {
  return needsCalls(customer, plan);
}

/** Upflow has all of it already. */
function leaveAsSent(customer: ImportedCustomer, plan: Plan): SentCustomer {
  const { customerId, sentUser, sentFields, contactsTaken } = customer;
  return {
    state: {
      customerId,
      user: sentUser,
      fields: sentFields,
      contactsTaken: contactsTaken && plan.takesContacts,
      isPending: false,
      problem: null,
      contacts: [],
      removed: [],
    },
    skips: [],
  };
}
