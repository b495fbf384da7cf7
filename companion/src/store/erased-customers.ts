import { createHmac, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Of these customers, those that were erased: nothing of them may be kept, whatever brings it. Who keeps states of
 * customers asks in the transaction that keeps them, after taking a share of the connection's row, which whoever
 * erases takes for itself.
 */
export async function isErased(
  db: Kysely<Tables>,
  connectionId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const salt = await readSalt(db, connectionId);
  if (salt === undefined) return new Set();
  const idOf = new Map(ids.map((id) => [digestOf(salt, id).toString('hex'), id]));
  const { rows } = await sql<{ digest: string }>`
    select encode(digest, 'hex') as digest from erased_customer
    where connection_id = ${connectionId}
      and digest in (select decode(d, 'hex') from unnest(${[...idOf.keys()]}::text[]) as d)`.execute(db);
  return new Set(rows.flatMap(({ digest }) => idOf.get(digest) ?? []));
}

/** Whether any customer of a connection was erased: where none was, nobody need look. */
export async function hasErased(db: Kysely<Tables>, connectionId: string): Promise<boolean> {
  return (await readSalt(db, connectionId)) !== undefined;
}

/** Keeps that a customer is erased, without its id. */
export async function addTombstone(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  erasureId: string,
): Promise<void> {
  await sql`
    insert into erasure_salt (connection_id, salt) values (${connectionId}, ${randomBytes(32)})
    on conflict do nothing`.execute(trx);
  const salt = await readSalt(trx, connectionId);
  if (salt === undefined) throw new Error(`The connection ${connectionId} has no salt`);
  await sql`
    insert into erased_customer (connection_id, digest, erasure_id)
    values (${connectionId}, ${digestOf(salt, customerId)}, ${erasureId})
    on conflict do nothing`.execute(trx);
}

async function readSalt(db: Kysely<Tables>, connectionId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ salt: string }>`
    select encode(salt, 'hex') as salt from erasure_salt where connection_id = ${connectionId}`.execute(db);
  const [row] = rows;
  return row && Buffer.from(row.salt, 'hex');
}

function digestOf(salt: Buffer, customerId: string): Buffer {
  return createHmac('sha256', salt).update(customerId).digest();
}
