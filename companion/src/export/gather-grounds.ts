import type { Connection } from '../connect/connection.ts';
import type { SalesforceClients } from '../connect/salesforce-clients.ts';
import type { Kysely } from 'kysely';
import { describeAccount } from '../salesforce/describe-account.ts';
import { readOthersOfOrg } from '../store/other-connections.ts';
import { readSeenCustomFields, readSeenTexts } from '../store/seen-values.ts';
import type { Tables } from '../store/tables.ts';
import { minorUnitDigits } from '../upflow/read-money.ts';
import type { MappingGrounds } from './check-mapping.ts';
import { BALANCE_CURRENCY } from './exported-values.ts';

/** More digits than the package's own fields keep are not asked of an admin's. */
const MOST_CURRENCY_DIGITS = 2;

/**
 * Reads what a mapping is checked against: the org as it is now, the values that customers have, and the other
 * connections of the org.
 *
 * @throws what calls to Salesforce throw
 */
export async function gatherGrounds(
  { db, clients }: { db: Kysely<Tables>; clients: SalesforceClients },
  connection: Connection,
): Promise<MappingGrounds> {
  const description = await clients.of(connection).call(describeAccount);
  const texts = Map.groupBy(await readSeenTexts(db, connection.id), ({ name }) => name);
  const currencies = texts.get(BALANCE_CURRENCY)?.map(({ text }) => minorUnitDigits(text)) ?? [2];
  return {
    description,
    identifier: connection.identifier,
    seen: {
      texts: new Map([...texts].map(([name, rows]) => [name, rows.map(({ text }) => text)])),
      currencyDigits: Math.min(Math.max(...currencies), MOST_CURRENCY_DIGITS),
    },
    customFields: await readSeenCustomFields(db, connection.id),
    others: await readOthersOfOrg(db, connection.id),
  };
}
