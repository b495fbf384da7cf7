import type { Kysely } from 'kysely';
import type { ConnectionDirectory } from '../connect/connection-directory.ts';
import type { ExportingConnection } from '../connect/connection.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import { lockExporting } from '../store/connections.ts';
import { saveDriftCounts, type DriftAudit, type DriftCounts } from '../store/drift-audits.ts';
import {
  addDriftRows,
  findWrittenSince,
  readLinked,
  readLinkedIds,
  type DriftRow,
  type LinkedAccount,
} from '../store/drift-rows.ts';
import { isErased } from '../store/erased-customers.ts';
import type { Tables } from '../store/tables.ts';
import { findDrift, listAuditedFields, wantLinked, type Yardstick } from './judge-accounts.ts';
import { ACCOUNTS_PER_CALL, readInBulk, readPlainly, type Shown } from './read-shown.ts';

/** Accounts that are compared between two breaths, so that others get their turn. */
const SLICE = 1000;

/** Thrown where somebody else has begun the audit anew, or the mapping changed under it. */
export class AuditLost extends Error {
  constructor() {
    super('The audit goes on elsewhere');
    this.name = 'AuditLost';
  }
}

export interface Comparing extends Yardstick {
  db: Kysely<Tables>;
  directory: ConnectionDirectory;
  client: SalesforceClient;
  connection: ExportingConnection;
  audit: DriftAudit;
  /** Linked Accounts. */
  total: number;
  /** Up to so many of them are read without a bulk job. */
  mostPlain: number;
  calls: () => number;
}

/**
 * Compares all linked Accounts with what they should show, and keeps what differs. Memory holds one slice, and one id
 * for each Account.
 */
export async function compareAll(context: Comparing, signal: AbortSignal): Promise<void> {
  const { client, total, calls } = context;
  const fields = listAuditedFields(context).map(({ name }) => name);
  const counts: DriftCounts = {
    total,
    compared: 0,
    leftOut: 0,
    drifted: 0,
    gone: 0,
    calls: calls(),
    counts: {},
  };
  await keep(context, counts, []);
  if (total <= context.mostPlain) {
    for await (const { asked, shown } of readPlainly(client, fields, linkedIds(context, ACCOUNTS_PER_CALL))) {
      signal.throwIfAborted();
      await compareSlices(context, asked, shown, counts);
    }
    return;
  }
  const seen = new Set<string>();
  for await (const shown of readInBulk(client, fields, signal)) {
    const ids = [...shown.keys()];
    for (const id of ids) seen.add(id);
    await compareSlices(context, ids, shown, counts);
  }
  // What was linked since the job began was not in it: such Accounts are left out as just written.
  for await (const ids of linkedIds(context, SLICE)) {
    signal.throwIfAborted();
    const missing = ids.filter((id) => !seen.has(id));
    if (missing.length > 0) await compareSlices(context, missing, new Map(), counts);
  }
}

async function* linkedIds(
  { db, connection, audit }: Comparing,
  limit: number,
): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const ids = await readLinkedIds(db, connection.id, audit.ofAudit, after, limit);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < limit) return;
    after = last;
  }
}

async function compareSlices(
  context: Comparing,
  ids: readonly string[],
  shown: Shown,
  counts: DriftCounts,
): Promise<void> {
  for (let start = 0; start < ids.length; start += SLICE) {
    await compareSlice(context, ids.slice(start, start + SLICE), shown, counts);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function compareSlice(
  context: Comparing,
  ids: readonly string[],
  shown: Shown,
  counts: DriftCounts,
): Promise<void> {
  const { db, connection, audit } = context;
  const fields = listAuditedFields(context);
  const linked = await readLinked(db, connection.id, audit.ofAudit, ids);
  const found = new Map<LinkedAccount, DriftRow[]>();
  for (const account of linked) {
    const wanted = wantLinked(account, context);
    const values = shown.get(account.accountId);
    if (wanted === undefined) counts.leftOut++;
    else if (values === undefined) found.set(account, [goneRow(account)]);
    else {
      const rows = findDrift(account, wanted, values, fields);
      if (rows.length > 0) found.set(account, rows);
    }
    if (wanted !== undefined) counts.compared++;
  }
  // What was written since the audit began may have been read before that.
  const suspects = [...found.keys()].map(({ customerId }) => customerId);
  const since = audit.startedAt ?? new Date();
  const written = await findWrittenSince(db, connection.id, suspects, since);
  const drifted = [...found].filter(([{ customerId }]) => !written.has(customerId));
  counts.leftOut += found.size - drifted.length;
  counts.compared -= found.size - drifted.length;
  for (const [, rows] of drifted) {
    if (rows[0]?.kind === 'gone') counts.gone++;
    else counts.drifted++;
    for (const { field } of rows) counts.counts[field] = (counts.counts[field] ?? 0) + 1;
  }
  await keep(
    context,
    counts,
    drifted.flatMap(([, rows]) => rows),
  );
}

function goneRow({ accountId, customerId }: LinkedAccount): DriftRow {
  return { accountId, customerId, field: '', kind: 'gone', shows: null, shouldShow: null };
}

/** Keeps a slice. @throws {AuditLost} */
async function keep(context: Comparing, counts: DriftCounts, rows: readonly DriftRow[]): Promise<void> {
  const { db, directory, connection, audit, calls } = context;
  counts.calls = calls();
  const now = await directory.find(connection.id);
  if (JSON.stringify(now?.mapping) !== JSON.stringify(connection.mapping)) throw new AuditLost();
  await db.transaction().execute(async (trx) => {
    // Held, so that nobody is erased between the look and the write.
    await lockExporting(trx, connection.id);
    const erased = await isErased(
      trx,
      connection.id,
      rows.map(({ customerId }) => customerId),
    );
    if (!(await saveDriftCounts(trx, connection.id, audit, counts))) throw new AuditLost();
    await addDriftRows(
      trx,
      connection.id,
      audit.id,
      rows.filter(({ customerId }) => !erased.has(customerId)),
    );
  });
}
