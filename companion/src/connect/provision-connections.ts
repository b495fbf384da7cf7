import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { ProvisionedConnection } from './read-connections-file.ts';
import { readConnections } from '../store/read-connections.ts';
import { endSession } from '../store/sessions.ts';
import type { Tables } from '../store/tables.ts';
import { placeOf } from './connection-directory.ts';
import type { Sealer } from './seal.ts';

/**
 * Creates the connections that a file lists and the database lacks, ready to export. One that is there keeps
 * what admins made of it: push secrets and API tokens that it lacks are added, and how to sign in to Salesforce is
 * taken over only when the file says it anew.
 */
export async function provisionConnections(
  db: Kysely<Tables>,
  sealer: Sealer,
  provisioned: readonly ProvisionedConnection[],
): Promise<void> {
  for (const { id, name, salesforce, identifier, pushSecrets, apiTokens } of provisioned) {
    await db.transaction().execute(async (trx) => {
      const said = digestToken(JSON.stringify(salesforce)).toString('hex');
      const app = sealer.seal(
        JSON.stringify({ clientSecret: salesforce.clientSecret }),
        placeOf.salesforceApp(id),
      );
      const { rows } = await sql`
        insert into connection (connection_id, name, state, salesforce_flow, salesforce_origin,
          salesforce_client_id, salesforce_app, identifier, exporting, provisioned_salesforce)
        values (${id}, ${name}, 'connected', 'client-credentials', ${salesforce.origin},
          ${salesforce.clientId}, ${app}, ${JSON.stringify(identifier)}::json, true, ${said})
        on conflict (connection_id) do update set
          salesforce_flow = excluded.salesforce_flow, salesforce_origin = excluded.salesforce_origin,
          salesforce_client_id = excluded.salesforce_client_id, salesforce_app = excluded.salesforce_app,
          provisioned_salesforce = excluded.provisioned_salesforce, revision = connection.revision + 1,
          state = 'connected', state_reason = null, hold_until = null, hold_failures = 0, hold_reason = null
        where connection.provisioned_salesforce is distinct from excluded.provisioned_salesforce
        returning connection_id`.execute(trx);
      // A session from before would be one of another app, or at another address.
      if (rows.length > 0) await endSession(trx, id);
      const [row] = await readConnections(trx, id);
      const place = placeOf.pushSecret(id);
      const known = new Set(row?.pushSecrets.map((sealed) => sealer.open(sealed, place)));
      // The first of the list is the newest, so it is added last.
      for (const secret of pushSecrets.filter((candidate) => !known.has(candidate)).toReversed()) {
        await sql`
          insert into push_secret (connection_id, secret_id, sealed, created_at)
          values (${id}, ${randomUUID()}, ${sealer.seal(secret, place)}, clock_timestamp())`.execute(trx);
      }
      const digests = new Set(row?.apiTokens.map(({ digest }) => digest));
      for (const token of apiTokens) {
        const digest = digestToken(token);
        if (digests.has(digest.toString('hex'))) continue;
        await sql`
          insert into api_token (connection_id, token_id, name, digest)
          values (${id}, ${randomUUID()}, 'from the file of connections', ${digest})`.execute(trx);
      }
    });
  }
}

/** API tokens are long and random, so a plain digest tells nobody what they are. */
export function digestToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
