import { sql, type Kysely } from 'kysely';
import type { SharedIdentifier } from '../connect/connection.ts';
import type { Tables } from './tables.ts';

/** The pair that stored identifiers belong to. */
export interface PairInForce {
  pair: SharedIdentifier | undefined;
  /** Raised by each change of the pair: what was read under an earlier one must not be written any more. */
  epoch: number;
  /** The identifiers are being recomputed. */
  switching: boolean;
}

interface PairRow {
  pair: SharedIdentifier | null;
  epoch: number;
  switching: boolean;
}

/** Reads the pair in force; in a transaction it stays in force until that ends, if `hold` says so. */
export async function readPairInForce(
  db: Kysely<Tables>,
  connectionId: string,
  { hold = false } = {},
): Promise<PairInForce | undefined> {
  const { rows } = await sql<PairRow>`
    select c.identifier as pair, coalesce(m.epoch, 1) as epoch, coalesce(m.switching, false) as switching
    from connection c left join matching m on m.connection_id = c.connection_id
    where c.connection_id = ${connectionId} ${hold ? sql`for share of c` : sql``}`.execute(db);
  const [row] = rows;
  return row && { ...row, pair: row.pair ?? undefined };
}

/** Thrown where something was read under a pair of identifiers that is no longer in force. */
export class PairChanged extends Error {
  constructor() {
    super('The shared identifier was changed meanwhile');
    this.name = 'PairChanged';
  }
}

/**
 * Makes sure that the pair under which something was read is still in force, until the transaction ends.
 *
 * @throws {PairChanged}
 */
export async function holdPair(trx: Kysely<Tables>, connectionId: string, epoch: number): Promise<void> {
  const found = await readPairInForce(trx, connectionId, { hold: true });
  if (found !== undefined && (found.epoch !== epoch || found.switching)) throw new PairChanged();
}

/** Puts another pair in force; until {@link endSwitch} nothing is exported. */
export async function beginSwitch(
  trx: Kysely<Tables>,
  connectionId: string,
  pair: SharedIdentifier,
): Promise<void> {
  await sql`
    update connection set identifier = ${JSON.stringify(pair)}::json, revision = revision + 1
    where connection_id = ${connectionId}`.execute(trx);
  await sql`
    insert into matching as m (connection_id, epoch, switching) values (${connectionId}, 2, true)
    on conflict (connection_id) do update set epoch = m.epoch + 1, switching = true`.execute(trx);
}

/** Ends a switch, unless another one began meanwhile. */
export async function endSwitch(db: Kysely<Tables>, connectionId: string, epoch: number): Promise<boolean> {
  const { rows } = await sql`
    update matching set switching = false
    where connection_id = ${connectionId} and epoch = ${epoch} returning epoch`.execute(db);
  return rows.length > 0;
}
