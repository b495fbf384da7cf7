import type { SalesforceClient } from '../salesforce/open-client.ts';
import { callsSoFar } from '../salesforce/call-purpose.ts';
import { explainCallError, explainRowError } from '../salesforce/explain-error.ts';
import { readAccounts } from '../salesforce/read-account.ts';
import { MAX_ROWS_PER_TRIAL, tryUpdates } from '../salesforce/try-updates.ts';
import type { AccountUpdate } from '../salesforce/update-accounts.ts';
import type { Reason } from '../outcome.ts';
import { sampleCustomers, type FailureGroup, type PreflightResult } from '../store/preflights.ts';
import { decideBatch } from './decide.ts';
import { gatherKnowledge, type KnowledgeContext } from './export-batch.ts';

/** Accounts that a group of failures names. */
const ACCOUNTS_PER_GROUP = 50;

/** Codes whose message is the admin's own text, so that another message is another reason. */
const TOLD_BY_MESSAGE = new Set([
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'CANNOT_EXECUTE_FLOW_TRIGGER',
]);

interface Failure {
  accountId: string;
  /** What failures of the same reason share. */
  key: string;
  reason: Reason;
}

/**
 * Tries the first full export on a sample of the matched Accounts, with all that would be written, and keeps
 * nothing of it. What Salesforce refuses is grouped by its reason.
 *
 * To be run as an errand of its own, whose calls are counted.
 *
 * @param sample how many Accounts to try at most
 */
export async function runPreflight(context: KnowledgeContext, sample: number): Promise<PreflightResult> {
  const result: PreflightResult = { tried: 0, wouldPass: 0, calls: 0, failures: [], reason: null };
  const { client } = context;
  try {
    const customers = await sampleCustomers(context.db, context.connection.id, sample);
    const knowledge = await gatherKnowledge(context, customers);
    const decisions = [...decideBatch(customers, knowledge).values()];
    const failures: Failure[] = decisions.flatMap((decision) =>
      decision.kind === 'explain' && decision.outcome === 'needs attention' && decision.account
        ? [{ accountId: decision.account.accountId, key: decision.reason.code, reason: decision.reason }]
        : [],
    );
    const updates = decisions.flatMap(({ kind, account, changes }) =>
      kind === 'show' && changes !== undefined ? [{ accountId: account.accountId, fields: changes }] : [],
    );
    result.tried = failures.length;
    for (const group of splitEvenly(updates)) {
      const rows = await client.call((calls) => tryUpdates(calls, group));
      result.tried += group.length;
      for (const [index, row] of rows.entries()) {
        const accountId = group[index]?.accountId ?? '';
        if (row.kept)
          return {
            ...result,
            calls: callsSoFar(),
            reason: explainKept(rows.filter(({ kept }) => kept).length),
          };
        if (row.ok) result.wouldPass++;
        else failures.push({ accountId, key: keyOf(row), reason: explainRowError(row).reason });
      }
    }
    result.failures = await groupFailures(client, failures);
  } catch (error) {
    result.reason = explainCallError(error).reason;
  }
  result.calls = callsSoFar();
  if (result.reason === null && result.tried === 0) result.reason = NOTHING_TO_TRY;
  return result;
}

function keyOf({ code, message, fields }: { code: string; message: string; fields: string[] }): string {
  return JSON.stringify([code, fields, TOLD_BY_MESSAGE.has(code) ? message : '']);
}

/** Groups of about the same size, as few as can be; ordered by id, as every writing of Accounts. */
function splitEvenly(updates: readonly AccountUpdate[]): AccountUpdate[][] {
  const ordered = updates.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const groups = Math.ceil(ordered.length / MAX_ROWS_PER_TRIAL);
  const size = Math.ceil(ordered.length / groups);
  return Array.from({ length: groups }, (_, index) => ordered.slice(index * size, (index + 1) * size));
}

async function groupFailures(
  client: SalesforceClient,
  failures: readonly Failure[],
): Promise<FailureGroup[]> {
  if (failures.length === 0) return [];
  const groups = [...Map.groupBy(failures, ({ key }) => key).values()];
  const shown = groups.flatMap((group) =>
    group.slice(0, ACCOUNTS_PER_GROUP).map(({ accountId }) => accountId),
  );
  const accounts = await client.call((calls) => readAccounts(calls, shown, []));
  const names = new Map(accounts.map(({ Id, Name }) => [Id, Name]));
  return groups
    .map((group) => ({
      code: '',
      message: '',
      explanation: '',
      action: '',
      ...group[0]?.reason,
      count: group.length,
      accounts: group
        .slice(0, ACCOUNTS_PER_GROUP)
        .map(({ accountId }) => ({ id: accountId, name: names.get(accountId) ?? accountId })),
    }))
    .toSorted((a, b) => b.count - a.count);
}

function explainKept(count: number): Reason {
  return {
    code: 'preflight-kept',
    message: `Salesforce kept ${count} of the Accounts although it was to keep none.`,
    explanation: 'The trial was stopped at once. These Accounts now show their figures from Upflow.',
    action:
      'Nothing is lost: a full export writes the same values. Do not run the preflight in this org again.',
  };
}

const NOTHING_TO_TRY: Reason = {
  code: 'nothing-to-try',
  message: 'No customer is matched to an Account yet.',
  explanation: 'There was nothing to try.',
  action: 'Look at the matches first.',
};
