import { sql, type Kysely } from 'kysely';
import { kindOf, type SharedIdentifier } from '../connect/connection.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import { readRows } from '../salesforce/read-rows.ts';
import { loadAllLinks } from '../store/links.ts';
import { readCustomerValues, toText } from '../store/read-values.ts';
import type { Tables } from '../store/tables.ts';
import { compareApart, type ComparisonApart } from './compare-apart.ts';
import type { Entry } from './comparison.ts';

export interface Gathering {
  db: Kysely<Tables>;
  connectionId: string;
  client: SalesforceClient;
  /** With the full API name of the Account field. */
  pair: SharedIdentifier;
  /** Whether customers' stored identifiers are those of this pair. */
  isInForce: boolean;
  /** What is carried along with each customer. */
  label: 'name' | 'account' | 'nothing';
  /** Told from 0 to 1. */
  onProgress: (progress: number) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Reads all customers from the database and all Accounts that have a value from Salesforce into a comparison.
 * Close it, whatever happens.
 *
 * @throws what the calls to Salesforce throw; the comparison is then closed
 */
export async function gatherSides(gathering: Gathering): Promise<ComparisonApart> {
  const { db, connectionId, pair } = gathering;
  const links = await loadAllLinks(db, connectionId);
  const comparison = compareApart({
    kind: kindOf(pair),
    decided: links.map(({ customerId, accountId }) => [customerId, accountId]),
  });
  try {
    // From two places, so both at once.
    const both = [gatherCustomers(gathering, comparison), gatherAccounts(gathering, comparison)];
    const ends = await Promise.allSettled(both);
    for (const end of ends) if (end.status === 'rejected') throw end.reason as Error;
    return comparison;
  } catch (error) {
    await comparison.close();
    throw error;
  }
}

async function gatherCustomers(gathering: Gathering, comparison: ComparisonApart): Promise<void> {
  const { db, connectionId, pair, isInForce, label, signal } = gathering;
  const slices = readCustomerValues(db, connectionId, {
    sides: [isInForce ? 'identifier' : pair.upflow],
    withName: label === 'name',
    withAccount: label === 'account',
    signal,
  });
  for await (const slice of slices) {
    await comparison.addCustomers(
      slice.map(({ customerId, name, carriedBy, values: [value] }): Entry => [
        customerId,
        label === 'account' ? (carriedBy ?? '') : name,
        toText(value),
      ]),
    );
  }
}

async function gatherAccounts(
  { client, pair, label, signal, onProgress }: Gathering,
  comparison: ComparisonApart,
): Promise<void> {
  const field = pair.salesforce;
  const fields = ['Id', ...(label === 'name' ? ['Name'] : []), ...(isId(field) ? [] : [field])];
  let total = 0;
  let read = 0;
  const from = `FROM Account${isId(field) ? '' : ` WHERE ${field} != null`}`;
  for await (const rows of readRows(client, fields, from, { signal, onTotal: (count) => (total = count) })) {
    await comparison.addAccounts(rows.map((cells) => toEntry(cells, label === 'name', isId(field))));
    read += rows.length;
    onProgress(Math.min(1, read / Math.max(total, 1)));
  }
}

function toEntry([id = '', ...cells]: string[], hasName: boolean, isItsId: boolean): Entry {
  const name = hasName ? (cells[0] ?? '') : '';
  return [id, name, isItsId ? id : (cells.at(-1) ?? '')];
}

function isId(field: string): boolean {
  return field.toLowerCase() === 'id';
}

/** Whether any Account carries a customer's figures. */
export async function hasFigures(db: Kysely<Tables>, connectionId: string): Promise<boolean> {
  const { rows } = await sql`
    select from account where connection_id = ${connectionId} and customer_id is not null limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
