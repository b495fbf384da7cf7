import { toLongId } from '../salesforce/account-id.ts';
import { quoteSoql } from '../salesforce/find-accounts.ts';
import { readChanges } from '../salesforce/read-changes.ts';
import { readRows } from '../salesforce/read-rows.ts';
import { countStagedSince } from '../store/import-accounts.ts';
import { saveCursor } from '../store/import-lease.ts';
import { listOwners, saveReadUsers, type ReadUser } from '../store/import-users.ts';
import { cutSlices, laterOf, readCells, whileHeld, type ReadingContext } from './import-context.ts';

const FIELDS = ['Id', 'SystemModstamp', 'Email', 'FirstName', 'LastName', 'IsActive'];
/** Ids that the address of one query has room for. */
const OWNERS_PER_QUERY = 400;
/** The key prefix of users; what else owns an Account is a queue. */
const USER = '005';

/** Step 3: reads the users that own Accounts: those that changed, and those that are new as owners. */
export async function readOwners(context: ReadingContext, cursor: string | null): Promise<void> {
  const { isFull, tally } = context;
  tally.begin('owners', ['owners.read']);
  let newest = cursor;
  if (!isFull && cursor !== null) newest = await readChanged(context, cursor);
  newest = await readByIds(context, newest);
  await whileHeld(context, (trx) => saveCursor(trx, context.connectionId, 'user_cursor', newest));
}

async function readChanged(context: ReadingContext, cursor: string): Promise<string> {
  const { db, connectionId, client, signal } = context;
  const countStored = (since: Date) => countStagedSince(db, connectionId, 'User', since);
  let newest = cursor;
  for await (const rows of readChanges({
    client,
    object: 'User',
    fields: FIELDS,
    cursor,
    countStored,
    signal,
  })) {
    for (const slice of cutSlices(rows)) newest = await keep(context, slice.map(readUser), newest);
  }
  return newest;
}

async function readByIds(context: ReadingContext, cursor: string | null): Promise<string | null> {
  const { db, connectionId, client, isFull, signal } = context;
  let newest = cursor;
  for (let after = ''; ;) {
    const ids = await listOwners(db, connectionId, { all: isFull, after, limit: OWNERS_PER_QUERY });
    if (ids.length === 0) return newest;
    after = ids.at(-1) ?? after;
    const found: ReadUser[] = [];
    const users = ids.filter((id) => id.startsWith(USER));
    if (users.length > 0) {
      const from = `FROM User WHERE Id IN (${users.map(quoteSoql).join(',')})`;
      for await (const rows of readRows(client, FIELDS, from, { signal })) found.push(...rows.map(readUser));
    }
    const known = new Set(found.map(({ id }) => id));
    // Kept as unknown, so that nobody is asked for them again and again.
    const hidden = ids.filter((id) => !known.has(id)).map(hideUser);
    newest = await keep(context, [...found, ...hidden], newest);
  }
}

async function keep<Newest extends string | null>(
  context: ReadingContext,
  users: readonly ReadUser[],
  newest: Newest,
): Promise<Newest | string> {
  const { connectionId, tally } = context;
  return whileHeld(context, async (trx) => {
    tally.advance(users.length);
    tally.add('owners.read', users.length);
    tally.add('owners.changed', await saveReadUsers(trx, connectionId, users));
    return users.reduce<Newest | string>(
      (latest, { stamp }) => (stamp.getTime() === 0 ? latest : laterOf(latest, stamp)),
      newest,
    );
  });
}

function readUser(cells: readonly string[]): ReadUser {
  const cell = readCells(FIELDS, cells);
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    id: toLongId(cell('Id')),
    stamp: new Date(cell('SystemModstamp')),
    email: orNull(cell('Email')),
    firstName: orNull(cell('FirstName')),
    lastName: orNull(cell('LastName')),
    active: cell('IsActive') === 'true',
  };
}

function hideUser(id: string): ReadUser {
  return { id, stamp: new Date(0), email: null, firstName: null, lastName: null, active: false };
}
