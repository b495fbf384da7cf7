import type { Connection } from 'jsforce';
import { z } from 'zod';
import type { SharedIdentifier } from '../connect/connection.ts';
import { toLongId } from '../salesforce/account-id.ts';
import { quoteSoql } from '../salesforce/find-accounts.ts';
import { kindOf } from '../connect/connection.ts';
import type { Entry } from './comparison.ts';

/** More than fit on a screen help nobody to choose. */
const MOST_FOUND = 20;

const recordsSchema = z.array(z.looseObject({ Id: z.string(), Name: z.string().nullable() }));

/** Finds the Account with an id. @throws what the call throws */
export async function findAccount(
  calls: Connection,
  accountId: string,
  field: string | undefined,
): Promise<Entry | undefined> {
  if (!isAccountId(accountId)) return undefined;
  const [found] = await select(calls, field, `Id = ${quoteSoql(toLongId(accountId))}`);
  return found;
}

/**
 * Finds Accounts by a part of their name, by their id or by their side of the identifier, in one call.
 *
 * @throws what the call throws
 */
export async function searchAccounts(
  calls: Connection,
  search: string,
  pair: SharedIdentifier | undefined,
): Promise<Entry[]> {
  const conditions = [`Name LIKE ${quoteLike(`%${escapeLike(search)}%`)}`];
  if (isAccountId(search)) conditions.push(`Id = ${quoteSoql(toLongId(search))}`);
  const field = pair?.salesforce;
  if (pair !== undefined && kindOf(pair) === 'text') {
    conditions.push(`${pair.salesforce} LIKE ${quoteLike(`${escapeLike(search)}%`)}`);
  }
  return select(calls, field, conditions.join(' OR '));
}

async function select(calls: Connection, field: string | undefined, condition: string): Promise<Entry[]> {
  const columns = [...new Set(['Id', 'Name', ...(field === undefined ? [] : [field])])];
  const { records } = await calls.query(
    `SELECT ${columns.join(', ')} FROM Account WHERE ${condition} ORDER BY Name LIMIT ${MOST_FOUND}`,
  );
  return recordsSchema.parse(records).map((record) => {
    const value = field === undefined ? undefined : record[field];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return [record.Id, record.Name ?? '', text];
  });
}

function isAccountId(text: string): boolean {
  return (
    /^001[a-zA-Z0-9]{12}$/.test(text) ||
    (/^001[a-zA-Z0-9]{15}$/.test(text) && toLongId(text.slice(0, 15)) === text)
  );
}

/** Keeps what stands for any character in LIKE to itself. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** A pattern, whose own escapes must come through the literal as they are. */
function quoteLike(pattern: string): string {
  return quoteSoql(pattern)
    .replaceAll(String.raw`\\%`, String.raw`\%`)
    .replaceAll(String.raw`\\_`, String.raw`\_`);
}
