import { sql, type Kysely } from 'kysely';
import { kindOf } from '../connect/connection.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import { recordAudit } from '../store/audit.ts';
import { readReportHead, type KeptRow } from '../store/match-report.ts';
import { readPairInForce } from '../store/pair-in-force.ts';
import { readRowsAfter, readRowsByTerms } from '../store/read-report.ts';
import type { Tables } from '../store/tables.ts';
import { changeLinks, type LinkWanted } from './change-links.ts';
import { isAcceptable } from './comparison.ts';

/** Suggestions that one transaction accepts. */
const ROWS_TOGETHER = 100;

/**
 * Accepts suggestions of the report: those of the given customers, or all. One that no longer holds is left as it is.
 *
 * @returns how many
 */
export async function acceptSuggestions(
  db: Kysely<Tables>,
  connectionId: string,
  by: string,
  customerIds?: readonly string[],
): Promise<number> {
  let accepted = 0;
  if (customerIds !== undefined) {
    for (let start = 0; start < customerIds.length; start += ROWS_TOGETHER) {
      const ids = new Set(customerIds.slice(start, start + ROWS_TOGETHER));
      accepted += await acceptTogether(db, connectionId, by, async (trx, run) => {
        const terms = [...ids].map((id) => id.toLowerCase());
        const rows = await readRowsByTerms(trx, connectionId, run, terms);
        return rows.filter(({ customer }) => customer !== undefined && ids.has(customer[0]));
      });
    }
    return accepted;
  }
  for (let after = -1; ;) {
    let read = 0;
    accepted += await acceptTogether(db, connectionId, by, async (trx, run) => {
      const wanted = { kind: 'formatting', after, limit: ROWS_TOGETHER } as const;
      const rows = await readRowsAfter(trx, connectionId, run, wanted);
      read = rows.length;
      after = rows.at(-1)?.ordinal ?? after;
      return rows;
    });
    if (read < ROWS_TOGETHER) return accepted;
  }
}

async function acceptTogether(
  db: Kysely<Tables>,
  connectionId: string,
  by: string,
  readRows: (trx: Kysely<Tables>, run: number) => Promise<KeptRow[]>,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const head = await readReportHead(trx, connectionId, { hold: true });
    if (head === undefined) return 0;
    const rows = await readRows(trx, head.run);
    const wanted = await keepValid(trx, connectionId, rows);
    if (wanted.length === 0) return 0;
    await changeLinks(trx, connectionId, wanted, by);
    await recordAudit(trx, {
      connectionId,
      actor: by,
      action: 'suggestions accepted',
      details: { customers: wanted.length },
    });
    return wanted.length;
  });
}

/** The report may be older than what a customer's identifier is now. */
async function keepValid(
  trx: Kysely<Tables>,
  connectionId: string,
  rows: readonly KeptRow[],
): Promise<LinkWanted[]> {
  const pair = (await readPairInForce(trx, connectionId))?.pair;
  if (pair === undefined) return [];
  const suggestions = rows.flatMap((row) =>
    isAcceptable(row) && row.customer !== undefined && row.accounts[0] !== undefined
      ? [{ customer: row.customer, account: row.accounts[0] }]
      : [],
  );
  const { rows: current } = await sql<{ id: string; identifier: string | null }>`
    select customer_id as id, identifier from customer
    where connection_id = ${connectionId} and state is not null
      and customer_id = any(${suggestions.map(({ customer: [id] }) => id)}::text[])`.execute(trx);
  const identifierOf = new Map(current.map(({ id, identifier }) => [id, identifier]));
  return suggestions.flatMap(({ customer: [id, , value], account: [accountId] }) =>
    value !== null && identifierOf.get(id) === toIdentifier(value, kindOf(pair))
      ? [{ customerId: id, accountId, source: 'accepted' as const }]
      : [],
  );
}
