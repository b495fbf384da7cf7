import type { Connection } from 'jsforce';
import { toLongId } from './account-id.ts';
import { identifierKindOf, toIdentifier } from './identifier-value.ts';
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

const ACCOUNT_ID = /^001[a-zA-Z0-9]{15}$/;

const NUMBER_TYPES = new Set(['int', 'double', 'currency', 'percent']);

interface FoundRecord extends Record<string, string | number | null | undefined> {
  Id: string;
  CurrencyIsoCode?: string;
}

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
  const { name: field, type } = findField(description, fieldName) ?? { name: fieldName, type: 'string' };
  const kind = identifierKindOf(type);
  const hasCurrency = description.conversionRates !== undefined;
  const columns = new Set(['Id', field, ...(hasCurrency ? ['CurrencyIsoCode'] : [])]);
  const select = `SELECT ${[...columns].join(', ')} FROM Account WHERE ${field} IN `;
  const literals = values.flatMap((value) => writeLiterals(value, type));
  const found: FoundAccount[] = [];
  for (const group of groupByAddressLength(literals, addressLength(`${select}()`))) {
    let page = await connection.query<FoundRecord>(`${select}(${group.join(',')})`);
    for (;;) {
      for (const record of page.records) {
        found.push({
          id: record.Id,
          identifier: toIdentifier(String(record[field] ?? ''), kind) ?? '',
          currency: record.CurrencyIsoCode ?? null,
        });
      }
      if (page.done || page.nextRecordsUrl === undefined) break;
      page = await connection.queryMore<FoundRecord>(page.nextRecordsUrl);
    }
  }
  return found;
}

/** @returns none for a value that no field of this type has: Salesforce would refuse the whole query */
function writeLiterals(value: string, type: string): string[] {
  if (type === 'id' || type === 'reference') {
    const isId = /^[a-zA-Z0-9]{15}/.test(value) && toLongId(value.slice(0, 15)) === toLongId(value);
    return isId ? [quoteSoql(value)] : [];
  }
  if (NUMBER_TYPES.has(type)) return /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? [value] : [];
  // A text that holds an Account's id has it in either length: a formula gives 15 characters.
  return ACCOUNT_ID.test(value) ? [quoteSoql(value), quoteSoql(value.slice(0, 15))] : [quoteSoql(value)];
}

/** Splits literals so that each query's address stays within what Salesforce accepts. */
function groupByAddressLength(literals: readonly string[], baseLength: number): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const literal of literals) {
    const length = addressLength(`${literal},`);
    if (groups.length === 0 || length > room) {
      groups.push([]);
      room = MAX_QUERY_ADDRESS_IN_BYTES - baseLength;
    }
    groups.at(-1)?.push(literal);
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
