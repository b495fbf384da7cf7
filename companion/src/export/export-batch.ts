import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ExportingConnection } from '../connect/connection.ts';
import { findField, type AccountDescription } from '../salesforce/describe-account.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import { findAccounts } from '../salesforce/find-accounts.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import type { AccountUpdate } from '../salesforce/update-accounts.ts';
import {
  findUnaskedIdentifiers,
  findUnknownAccounts,
  loadAccounts,
  saveLookups,
  saveNamedAccounts,
  saveWritten,
} from '../store/accounts.ts';
import {
  claimCustomers,
  releaseCustomers,
  renewLease,
  type ClaimedCustomer,
  type Lease,
  type Priority,
} from '../store/claims.ts';
import { countCustomersByIdentifier } from '../store/customers.ts';
import { loadLinks } from '../store/links.ts';
import { holdPair, PairChanged } from '../store/pair-in-force.ts';
import type { Tables } from '../store/tables.ts';
import { planChanges, wantAttention } from './5-plan.ts';
import { writeAccounts, type BeforeWrite, type WriteReport } from './6-write.ts';
import { recordBatch } from './7-report.ts';
import { decideBatch, type Decision, type Knowledge } from './decide.ts';
import { resolveTargets, type Targets } from './map-values.ts';
import { forgetWritten } from './forget-written.ts';
import { keepLease } from './keep-lease.ts';
import { judgeResults, STALE_DESCRIPTION, type BatchResult } from './judge-results.ts';
import { endJob, writeByJob, type JobReport } from './write-by-job.ts';

/** Minutes for which an answer about an identifier is good; the import will refresh them in this rhythm. */
const LOOKUP_VALIDITY_IN_MINUTES = 10;

export interface KnowledgeContext {
  db: Kysely<Tables>;
  connection: ExportingConnection;
  /** Of the pair of identifiers in `connection`. */
  epoch: number;
  client: SalesforceClient;
  /** The org's description, from memory when it is not old. */
  describe: () => Promise<AccountDescription>;
  confirmAfterInMs: number;
}

export interface ExportBatchContext extends KnowledgeContext {
  /** The description turned out to be old. */
  forgetDescription: () => void;
  /** Longer than any one call to Salesforce may take. */
  leaseInSeconds: number;
  /** A batch that changes more Accounts than these goes by a bulk job; undefined where none does. */
  bulkAbove: number | undefined;
  /** The process stops: what takes long is left to whoever goes on. */
  signal: AbortSignal;
}

/** What a batch did. `failure` is the error of a call that failed as a whole. */
export interface BatchSummary {
  result: BatchResult;
  rowsWritten: number;
  rowsRefused: { code: string; accountId: string }[];
  failure?: unknown;
  /** Why Salesforce did not take them by a bulk job. */
  bulkRefusal?: string | undefined;
}

/**
 * Matches, plans, writes and reports the customers that come first.
 *
 * @returns undefined when no customer is due
 * @throws what reading from Salesforce throws; the customers are then free again, and nothing counts as tried
 */
export async function exportBatch(
  context: ExportBatchContext,
  customers: number,
  priority: Priority,
): Promise<BatchSummary | undefined> {
  const { db, connection } = context;
  const lease = { id: randomUUID(), seconds: context.leaseInSeconds };
  const claimed = await claimCustomers(db, connection.id, lease, customers, priority);
  if (claimed.length === 0) return undefined;
  const customerIds = claimed.map(({ customerId }) => customerId);
  const stopKeeping = keepLease(db, connection.id, lease, customerIds);
  try {
    return await exportClaimed(context, claimed, lease);
  } finally {
    await stopKeeping();
  }
}

async function exportClaimed(
  context: ExportBatchContext,
  claimed: readonly ClaimedCustomer[],
  lease: Lease,
): Promise<BatchSummary> {
  const { db, connection, client, bulkAbove } = context;
  let knowledge: Knowledge;
  try {
    // Claimed and then found in force: a change of the pair from now on makes these customers wait again.
    await holdPair(db, connection.id, context.epoch);
    knowledge = await gatherKnowledge(context, claimed);
  } catch (error) {
    const untouched = claimed.map(({ customerId }) => ({
      customerId,
      nextAttemptAt: null,
      countAttempt: false,
    }));
    await releaseCustomers(db, connection.id, lease.id, untouched);
    throw error;
  }

  const decisions = decideBatch(claimed, knowledge);
  // A process that was frozen for longer than its lease finds out here, before it writes what is no longer true.
  const customerIds = claimed.map(({ customerId }) => customerId);
  const accountsBefore = new Map(knowledge.accounts.map(({ accountId, written }) => [accountId, written]));
  // From here until the answer is recorded nobody knows what these fields hold: should the answer be lost,
  // or this process, the next plan must write them again.
  const beforeWrite: BeforeWrite = async (updates, also) => {
    const held = db.transaction().execute(async (trx) => {
      await holdPair(trx, connection.id, context.epoch);
      if (!(await renewLease(trx, connection.id, lease, customerIds))) return false;
      await saveWritten(trx, connection.id, listCertain(updates, accountsBefore));
      await also?.(trx);
      return true;
    });
    return held.catch((error: unknown) => {
      if (error instanceof PairChanged) return false;
      throw error;
    });
  };
  const updates = listUpdates(decisions);
  const job = { ...context, connectionId: connection.id, lease, fields: knowledge.description.fields };
  const report: JobReport =
    bulkAbove !== undefined && updates.length > bulkAbove
      ? await writeByJob(job, updates, beforeWrite)
      : await writeAccounts(client, updates, beforeWrite);
  const result = judgeResults(decisions, report, knowledge.now);
  if (report.failure === undefined) await tellRefused(client, result, knowledge.targets, beforeWrite);

  await recordBatch(db, connection.id, lease, result, accountsBefore);
  if (report.jobId !== undefined) await endJob(job, report.jobId);

  const rowsRefused = listRefused(report);
  if (rowsRefused.some(({ code }) => STALE_DESCRIPTION.has(code))) context.forgetDescription();
  return {
    result,
    rowsWritten: report.results.size - rowsRefused.length,
    rowsRefused,
    failure: report.failure,
    bulkRefusal: report.refusal,
  };
}

/**
 * Reads all that decisions about customers rest on; what is not known of their Accounts is asked of Salesforce. What
 * was found counts only while the pair is in force under which it was asked for.
 */
export async function gatherKnowledge(
  { db, connection, client, describe, confirmAfterInMs, epoch }: KnowledgeContext,
  claimed: readonly ClaimedCustomer[],
): Promise<Knowledge> {
  const description = await describe();
  const fieldName = connection.identifier.salesforce;
  const identifiers = [
    ...new Set(claimed.flatMap(({ identifier }) => (identifier === null ? [] : [identifier]))),
  ];

  const customerIds = claimed.map(({ customerId }) => customerId);
  const links = await loadLinks(db, connection.id, customerIds, []);
  const linkedAccounts = links.flatMap(({ accountId }) => accountId ?? []);

  const unasked = await findUnaskedIdentifiers(db, connection.id, identifiers, LOOKUP_VALIDITY_IN_MINUTES);
  const unknown = await findUnknownAccounts(db, connection.id, linkedAccounts);
  const ask = (field: string, values: string[]) =>
    values.length === 0 ? [] : client.call((calls) => findAccounts(calls, description, field, values));
  const found = await ask(fieldName, unasked);
  const named = await ask('Id', unknown);
  if (unasked.length > 0 || named.length > 0) {
    await db.transaction().execute(async (trx) => {
      await holdPair(trx, connection.id, epoch);
      await saveLookups(trx, connection.id, unasked, found);
      await saveNamedAccounts(trx, connection.id, named);
    });
  }
  const accounts = await loadAccounts(db, connection.id, identifiers, customerIds, linkedAccounts);
  const accountIds = accounts.map(({ accountId }) => accountId);
  return {
    description,
    targets: resolveTargets(connection.mapping, description),
    accounts: forgetWritten(accounts, claimed),
    customersByIdentifier: await countCustomersByIdentifier(db, connection.id, identifiers),
    links: [...links, ...(await loadLinks(db, connection.id, [], accountIds))],
    identifierField: findField(description, fieldName)?.name ?? fieldName,
    now: new Date(),
    confirmAfterInMs,
  };
}

function listUpdates(decisions: ReadonlyMap<ClaimedCustomer, Decision>) {
  return [...decisions.values()].flatMap(({ account, changes }) =>
    account === undefined || changes === undefined ? [] : [{ accountId: account.accountId, fields: changes }],
  );
}

/** What remains certain about Accounts while these updates are under way. */
function listCertain(updates: readonly AccountUpdate[], accountsBefore: ReadonlyMap<string, FieldValues>) {
  return updates.map(({ accountId, fields }) => ({
    accountId,
    written: Object.fromEntries(
      Object.entries(accountsBefore.get(accountId) ?? {}).filter(([name]) => !Object.hasOwn(fields, name)),
    ),
  }));
}

function listRefused({ results }: WriteReport): { code: string; accountId: string }[] {
  return [...results].flatMap(([accountId, row]) => (row.ok ? [] : [{ accountId, code: row.code }]));
}

/** Writes on refused Accounts why their figures may be old. What fails here too is left as it is. */
async function tellRefused(
  client: SalesforceClient,
  { refused, written }: BatchResult,
  targets: Targets,
  beforeWrite: BeforeWrite,
): Promise<void> {
  const updates = refused.flatMap(({ account, reason }) => {
    const changes = account && planChanges(wantAttention(reason, targets), account.written);
    return changes === undefined ? [] : [{ accountId: account?.accountId ?? '', fields: changes }];
  });
  if (updates.length === 0) return;
  const { results } = await writeAccounts(client, updates, beforeWrite);
  const sent = new Map<string, FieldValues>(updates.map(({ accountId, fields }) => [accountId, fields]));
  for (const [accountId, row] of results) {
    const fields = sent.get(accountId);
    if (row.ok && fields !== undefined) written.set(accountId, fields);
  }
}
