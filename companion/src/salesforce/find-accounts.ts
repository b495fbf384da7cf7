import type { Connection } from 'jsforce';
import { findField, type AccountDescription } from './describe-account.ts';

/** An Account with its side of the shared identifier, as Salesforce has it. */
export interface FoundAccount {
  /** 18 characters. */
  id: string;
  identifier: string;
  /** The Account's own currency; null in a single-currency org. */
  currency: string | null;
}

/**
 * Salesforce refuses a request whose address and headers together exceed 16,384 bytes; this leaves room
 * for the headers.
 */
const MAX_QUERY_ADDRESS_IN_BYTES = 15_000;

/**
 * Finds the Accounts whose identifier equals one of the values. Salesforce compares text without regard
 * to case, so the answer may hold Accounts that differ in case only; deciding is the caller's.
 *
 * @throws what the API calls throw
 */
export async function findAccounts(
  connection: Connection,
  description: AccountDescription,
  fieldName: string,
  values: readonly string[],
): Promise<FoundAccount[]> {
  const field = findField(description, fieldName)?.name ?? fieldName;
  const hasCurrency = description.conversionRates !== undefined;
  const select = `SELECT Id, ${field}${hasCurrency ? ', CurrencyIsoCode' : ''} FROM Account WHERE ${field} IN `;
  const found: FoundAccount[] = [];
  for (const group of groupByAddressLength(values, addressLength(`${select}()`))) {
    let page = await connection.query<Record<string, string>>(`${select}(${group.join(',')})`);
    for (;;) {
      for (const record of page.records) {
        found.push({
          id: record.Id ?? '',
          identifier: record[field] ?? '',
          currency: record.CurrencyIsoCode ?? null,
        });
      }
      if (page.done || page.nextRecordsUrl === undefined) break;
      page = await connection.queryMore<Record<string, string>>(page.nextRecordsUrl);
    }
  }
  return found;
}

/** Splits quoted values so that each query's address stays within what Salesforce accepts. */
function groupByAddressLength(values: readonly string[], baseLength: number): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const quoted of values.map(quoteSoql)) {
    const length = addressLength(`${quoted},`);
    if (groups.length === 0 || length > room) {
      groups.push([]);
      room = MAX_QUERY_ADDRESS_IN_BYTES - baseLength;
    }
    groups.at(-1)?.push(quoted);
    room -= length;
  }
  return groups;
}

/** Bytes that a text takes in an address; the apostrophe, unlike elsewhere, is encoded in the query of one. */
function addressLength(text: string): number {
  return encodeURIComponent(text).replaceAll("'", '%27').length;
}

/**
 * A SOQL string literal.
 *
 * @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-quotedstringescapes.html
 */
export function quoteSoql(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\f', '\\f')
    .replaceAll('\b', '\\b');
  return `'${escaped}'`;
}
