import { sql, type Kysely } from 'kysely';
import { readReportHead } from '../store/match-report.ts';
import { readRowsByTerms } from '../store/read-report.ts';
import type { Tables } from '../store/tables.ts';

/**
 * The customer that an Account belongs to: linked by hand, matched by the report, or still carrying its figures
 * while nobody decided otherwise.
 */
export async function findOwner(
  db: Kysely<Tables>,
  connectionId: string,
  accountId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId" from match_link
    where connection_id = ${connectionId} and account_id = ${accountId}
    union all
    select a.customer_id from account a
    where a.connection_id = ${connectionId} and a.account_id = ${accountId} and a.customer_id is not null
      and not exists (
        select from match_link l where l.connection_id = a.connection_id and l.customer_id = a.customer_id)`.execute(
    db,
  );
  if (rows[0] !== undefined) return rows[0].customerId;
  const head = await readReportHead(db, connectionId);
  if (head === undefined) return undefined;
  const found = await readRowsByTerms(db, connectionId, head.run, [accountId.toLowerCase()]);
  return found.find(({ kind, accounts }) => kind === 'matched' && accounts[0]?.[0] === accountId)
    ?.customer?.[0];
}
