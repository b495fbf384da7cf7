import { sql, type Kysely } from 'kysely';
import { kindOf } from '../connect/connection.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import { paceSlices } from '../store/pace-slices.ts';
import { endSwitch, readPairInForce } from '../store/pair-in-force.ts';
import { readCustomerValues, toText } from '../store/read-values.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Makes stored identifiers those of the pair in force: Accounts forget theirs, customers get theirs from their
 * newest state, and all of them are matched anew. Until it is done nothing is exported; it can be begun again.
 */
export async function finishSwitch(
  db: Kysely<Tables>,
  connectionId: string,
  signal?: AbortSignal,
): Promise<void> {
  const inForce = await readPairInForce(db, connectionId);
  if (inForce?.switching !== true || inForce.pair === undefined) return;
  const { pair, epoch } = inForce;
  await forgetAccountValues(db, connectionId, signal);
  const slices = readCustomerValues(db, connectionId, { sides: [pair.upflow], signal });
  for await (const slice of slices) {
    const kind = kindOf(pair);
    await saveIdentifiers(
      db,
      connectionId,
      slice.map(({ customerId, pushId, values: [value] }) => {
        const text = toText(value);
        return { customerId, pushId, identifier: text === null ? null : toIdentifier(text, kind) };
      }),
    );
  }
  await endSwitch(db, connectionId, epoch);
}

async function forgetAccountValues(
  db: Kysely<Tables>,
  connectionId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const forget = (limit: number) => sql`
    update account set identifier = null
    where connection_id = ${connectionId} and account_id = any(array(
      select account_id from account where connection_id = ${connectionId} and identifier is not null
      order by account_id limit ${limit} for update))`;
  const forgetLookups = (limit: number) => sql`
    delete from identifier_lookup
    where connection_id = ${connectionId} and identifier = any(array(
      select identifier from identifier_lookup where connection_id = ${connectionId}
      order by identifier limit ${limit} for update))`;
  for (const statement of [forget, forgetLookups]) {
    const pace = paceSlices({ most: 2000 });
    for (;;) {
      signal?.throwIfAborted();
      const limit = pace.rows;
      const { numAffectedRows } = await pace.measure(() => statement(limit).execute(db));
      if (Number(numAffectedRows ?? 0) < limit) break;
    }
  }
}

/** A customer whose state changed since it was read was folded under the new pair already. */
async function saveIdentifiers(
  db: Kysely<Tables>,
  connectionId: string,
  rows: readonly { customerId: string; pushId: string; identifier: string | null }[],
): Promise<void> {
  await sql`
    update customer c
    set identifier = d.identifier, dirty_at = coalesce(c.dirty_at, now()), version = c.version + 1, attempts = 0,
      next_attempt_at = null
    from unnest(
      ${rows.map(({ customerId }) => customerId)}::text[],
      ${rows.map(({ pushId }) => pushId)}::text[],
      ${rows.map(({ identifier }) => identifier)}::text[]) as d(customer_id, push_id, identifier)
    where c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.push_id = d.push_id`.execute(
    db,
  );
}
