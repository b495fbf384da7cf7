import { randomUUID } from 'node:crypto';
import type { Connection } from '../connect/connection.ts';
import { upflowClientFor } from '../connect/upflow-client.ts';
import type { Reason } from '../outcome.ts';
import type { Services } from '../services.ts';
import { recordRun } from '../store/run-events.ts';
import { beginSweep, endSweep, findSweep, noteSweep, type Sweep, type SweepPhase } from '../store/sweeps.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { explainUpflowError } from '../upflow/explain-error.ts';
import { CUSTOMERS } from '../upflow/lists.ts';
import { enterSwept } from './enter-swept.ts';
import { CustomersVanished, findGone } from './find-gone.ts';
import { gatherKnowledge, readFieldNames } from './gather-knowledge.ts';
import { readSweptCustomer, type FieldNames, type WholeKnowledge } from './read-customers.ts';
import { renewLinks } from './renew-links.ts';

const HOUR_IN_MS = 3_600_000;

/** A whole pass that takes no longer follows each change that the list of customers shows. */
const SHORT_PASS_IN_SECONDS = 120;

/**
 * Seconds by which Upflow's lists may lag behind its pushes: what is read counts as so much older, so that a push of the
 * moments before wins over it.
 */
const LAG_IN_SECONDS = 60;

export interface SweepOptions {
  signal?: AbortSignal | undefined;
  /** Tests set the time. */
  clock?: () => Date;
}

/**
 * Reads Upflow for one connection. First the list of customers alone, so that what changed is on its way at once; then,
 * when that is due, everything that figures are made of, and the portal links that run out. It only reads, and enters
 * what it read the way of a push: one that was cut off is simply begun again.
 */
export async function sweepUpflow(
  services: Services,
  connectionId: string,
  { signal, clock = () => new Date() }: SweepOptions = {},
): Promise<void> {
  const { directory, database, log } = services;
  const { db } = database;
  const connection = await directory.find(connectionId);
  if (connection?.upflow === undefined) return;
  const before = await findSweep(db, connectionId);
  const isDue = isWholeDue(before, clock());
  const run = { work: 'sweep', runId: randomUUID(), startedBy: null } as const;
  const pass = openPass(services, connection, clock, signal);
  await beginSweep(db, connectionId, { whole: isDue });
  try {
    const fieldNames = await readFieldNames(pass.client, signal);
    const changed = await pass.readCustomers(fieldNames);
    const isShort = (before?.lastWholeSeconds ?? Infinity) <= SHORT_PASS_IN_SECONDS;
    const isWhole = isDue || (changed > 0 && isShort);
    const wholeSeconds = isWhole ? await pass.readWhole(fieldNames) : undefined;
    if (connection.mapping.portalLink?.on !== false) await pass.renewLinks();
    await endSweep(db, connectionId, { problem: null, wholeSeconds });
    const told = { whole: isWhole, ...pass.counts };
    if (isDue || pass.counts.changed > 0)
      await recordRun(db, connectionId, { ...run, state: 'done', counts: pass.counts });
    log.info({ connectionId, ...told }, 'Upflow read');
  } catch (error) {
    const reason = explainEnd(error);
    if (reason === undefined) throw error;
    await endSweep(db, connectionId, { problem: reason });
    await recordRun(db, connectionId, { ...run, state: 'failed', counts: pass.counts, code: reason.code });
    log.warn({ connectionId, code: reason.code }, 'Upflow could not be read');
  }
}

/** @returns undefined for what should not happen */
function explainEnd(error: unknown): Reason | undefined {
  if (error instanceof UpflowCallError) return explainUpflowError(error);
  if (!(error instanceof CustomersVanished)) return undefined;
  return {
    code: 'customers-vanished',
    message: `${error.message}.`,
    explanation:
      'Most often the API key is that of another organization. No figure was taken from any Account.',
    action: 'Check that the API key belongs to the organization whose customers are on these Accounts.',
  };
}

/** Whether everything is to be read, or the list of customers alone. */
function isWholeDue(sweep: Sweep | undefined, now: Date): boolean {
  if (sweep?.lastWholeAt == null || sweep.wanted) return true;
  return now.getTime() - sweep.lastWholeAt.getTime() >= sweep.intervalHours * HOUR_IN_MS;
}

interface Pass {
  client: UpflowClient;
  counts: { read: number; changed: number; deleted: number; links: number };
  /** Enters what the list of customers alone shows. @returns how many changed */
  readCustomers(fieldNames: FieldNames): Promise<number>;
  /** Enters all figures, and what Upflow no longer has. @returns the seconds that it took */
  readWhole(fieldNames: FieldNames): Promise<number>;
  renewLinks(): Promise<void>;
}

function openPass(
  services: Services,
  connection: Connection,
  clock: () => Date,
  signal: AbortSignal | undefined,
): Pass {
  const { db } = services.database;
  const { id: connectionId, upflow } = connection;
  if (upflow === undefined) throw new Error(`connection ${connectionId} has no access to Upflow`);
  const client = upflowClientFor(services, connectionId, upflow);
  const counts = { read: 0, changed: 0, deleted: 0, links: 0 };

  function countPages(phase: SweepPhase) {
    let read = 0;
    return async (items: number, total: number | null = null) => {
      read += items;
      await noteSweep(db, connectionId, { phase, read, total, changed: counts.changed });
    };
  }

  /** Enters every customer of the list. @returns all of their ids */
  async function enterList(
    phase: SweepPhase,
    fieldNames: FieldNames,
    readAt: Date,
    whole?: WholeKnowledge,
  ): Promise<Set<string>> {
    const listed = new Set<string>();
    const { total } = await client.listCustomers({ offset: 0, limit: 1 }, signal);
    const onPage = countPages(phase);
    await onPage(0, total);
    for await (const page of client.pages(CUSTOMERS, signal)) {
      const swept = page.map((item) => readSweptCustomer(item, fieldNames, whole));
      counts.changed += await enterSwept(db, connectionId, readAt, swept);
      for (const { id } of page) listed.add(id);
      await onPage(page.length, total);
      services.kick(connectionId);
    }
    counts.read = listed.size;
    return listed;
  }

  return {
    client,
    counts,
    async readCustomers(fieldNames) {
      await enterList('customers', fieldNames, earlier(clock()));
      return counts.changed;
    },
    async readWhole(fieldNames) {
      const startedAt = clock();
      const started = performance.now();
      const onPage = { payments: countPages('payments'), invoices: countPages('invoices') };
      const whole = await gatherKnowledge({
        client,
        today: startedAt.toISOString().slice(0, 10),
        signal,
        onPage: (phase, items) => onPage[phase](items),
      });
      const listed = await enterList('figures', fieldNames, earlier(startedAt), whole);
      counts.deleted = await findGone({ db, connectionId, client, signal }, listed, earlier(startedAt));
      if (counts.deleted > 0) services.kick(connectionId);
      return (performance.now() - started) / 1000;
    },
    async renewLinks() {
      const onEntry = countPages('portal links');
      counts.links = await renewLinks({
        db,
        connectionId,
        client,
        now: clock(),
        signal,
        onEntry: async (links) => {
          await onEntry(links);
          services.kick(connectionId);
        },
      });
    },
  };
}

function earlier(moment: Date): Date {
  return new Date(moment.getTime() - LAG_IN_SECONDS * 1000);
}
