import type { Kysely } from 'kysely';
import { kindOf } from '../connect/connection.ts';
import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { loadLinks } from '../store/links.ts';
import { addMatchJob } from '../store/match-jobs.ts';
import {
  addRows,
  addTerms,
  readReportHead,
  removeRows,
  saveReportCounts,
  type KeptRow,
  type ReportHead,
} from '../store/match-report.ts';
import { readPairInForce } from '../store/pair-in-force.ts';
import { readRowsByTerms } from '../store/read-report.ts';
import type { Tables } from '../store/tables.ts';
import { Comparison, COUNT_OF, type Counts, type Entry } from './comparison.ts';
import { groupTerms, looseFormsOf } from './search-terms.ts';
import { termsOf } from './write-report.ts';

/** Rows that are mended at once; where more are concerned the whole report is made anew. */
const MOST_ROWS = 5000;

/**
 * Mends the report after links changed: everything that has a value in common with these customers and Accounts is
 * compared anew, by the same rules as the whole.
 */
export async function reviseReport(
  trx: Kysely<Tables>,
  connectionId: string,
  touched: { customerIds: readonly string[]; accountIds: readonly string[]; accounts: readonly Entry[] },
): Promise<void> {
  const head = await readReportHead(trx, connectionId, { hold: true });
  const pair = (await readPairInForce(trx, connectionId))?.pair;
  if (head === undefined || pair === undefined) return;
  const kind = kindOf(pair);
  const old = await findRowsAround(trx, connectionId, head.run, kind, touched);
  if (old.length > MOST_ROWS || old.some(({ accounts, note }) => note.accounts > accounts.length)) {
    await addMatchJob(trx, connectionId, { kind: 'refresh', pair: null, by: 'companion' });
    return;
  }
  const fresh = await compareAnew(trx, connectionId, kind, old, touched.accounts);
  const { counts, nextOrdinal, rows } = settle(head, old, fresh);
  await removeRows(
    trx,
    connectionId,
    head.run,
    old,
    old.flatMap((row) => termsOf(row, kind)),
  );
  await addRows(trx, connectionId, head.run, rows);
  await addTerms(
    trx,
    connectionId,
    head.run,
    rows.flatMap((row) => termsOf(row, kind)),
  );
  await saveReportCounts(trx, connectionId, { counts, nextOrdinal });
}

async function findRowsAround(
  trx: Kysely<Tables>,
  connectionId: string,
  run: number,
  kind: IdentifierKind,
  { customerIds, accountIds, accounts }: Parameters<typeof reviseReport>[2],
): Promise<KeptRow[]> {
  const wanted = new Set([...customerIds, ...accountIds]);
  const ids = [...wanted].map((id) => id.toLowerCase());
  const named = (await readRowsByTerms(trx, connectionId, run, ids)).filter(
    ({ customer, accounts: theirs }) =>
      (customer !== undefined && wanted.has(customer[0])) || theirs.some(([id]) => wanted.has(id)),
  );
  const forms = new Set(named.flatMap((row) => looseFormsOf(row, kind)));
  for (const [id, name, value] of accounts) {
    const asRow = {
      kind: 'missing-in-upflow' as const,
      customer: undefined,
      note: { customers: 0, accounts: 1 },
    };
    for (const form of looseFormsOf({ ...asRow, accounts: [[id, name, value ?? '']] }, kind)) forms.add(form);
  }
  const around = await readRowsByTerms(trx, connectionId, run, [...forms].flatMap(groupTerms));
  const related = around.filter((row) => looseFormsOf(row, kind).some((form) => forms.has(form)));
  return [...new Map([...named, ...related].map((row) => [row.ordinal, row])).values()];
}

async function compareAnew(
  trx: Kysely<Tables>,
  connectionId: string,
  kind: IdentifierKind,
  old: readonly KeptRow[],
  more: readonly Entry[],
) {
  const customers = old.flatMap(({ customer }) => (customer === undefined ? [] : [customer]));
  const accounts = new Map<string, Entry>(
    old.flatMap((row) => row.accounts.map((entry) => [entry[0], entry])),
  );
  for (const entry of more) accounts.set(entry[0], entry);
  const links = await loadLinks(
    trx,
    connectionId,
    customers.map(([id]) => id),
    [...accounts.keys()],
  );
  const comparison = new Comparison(
    kind,
    links.map(({ customerId, accountId }) => [customerId, accountId]),
  );
  comparison.addCustomers(customers);
  comparison.addAccounts([...accounts.values()]);
  return [...comparison.rows()];
}

/** Gives new rows the places of the old, and counts what became of them. */
function settle(head: ReportHead, old: readonly KeptRow[], fresh: Iterable<Omit<KeptRow, 'ordinal'>>) {
  const placeOf = new Map(
    old.map(({ customer, accounts, ordinal }) => [customer?.[0] ?? accounts[0]?.[0], ordinal]),
  );
  const counts: Counts = { ...head.counts };
  let { nextOrdinal } = head;
  for (const { kind } of old) counts[COUNT_OF[kind]]--;
  const rows = Array.from(fresh, (row): KeptRow => {
    counts[COUNT_OF[row.kind]]++;
    const place = placeOf.get(row.customer?.[0] ?? row.accounts[0]?.[0]);
    return { ...row, ordinal: place ?? nextOrdinal++ };
  });
  return { counts, nextOrdinal, rows };
}
