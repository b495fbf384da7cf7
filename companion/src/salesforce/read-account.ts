import type { Connection } from 'jsforce';
import { quoteSoql } from './find-accounts.ts';

/** An Account as Salesforce has it now; the values by API name. */
export type LiveAccount = Record<string, unknown> & { Id: string; Name: string };

/** Reads these fields of Accounts. Those that are gone, or not seen, are absent. Costs one API call for 200. */
export async function readAccounts(
  connection: Connection,
  accountIds: readonly string[],
  fields: readonly string[],
): Promise<LiveAccount[]> {
  const found: LiveAccount[] = [];
  const columns = [...new Set(['Id', 'Name', ...fields])].join(', ');
  for (let start = 0; start < accountIds.length; start += 200) {
    const ids = accountIds.slice(start, start + 200).map(quoteSoql);
    const { records } = await connection.query<LiveAccount>(
      `SELECT ${columns} FROM Account WHERE Id IN (${ids.join(', ')})`,
    );
    found.push(...records);
  }
  return found;
}
