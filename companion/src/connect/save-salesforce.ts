import { sql } from 'kysely';
import { revokeToken } from '../salesforce/request-token.ts';
import type { Services } from '../services.ts';
import { endAccess, endSession, readSession } from '../store/sessions.ts';
import { changeConnection } from './change-connection.ts';
import type { Connection, SalesforceApp } from './connection.ts';
import { placeOf } from './connection-directory.ts';
import { oauthOptions } from './salesforce-clients.ts';

/**
 * Keeps how a connection is to sign in to Salesforce. An approval is kept where only the secret or the address of the
 * same app changed; otherwise it is given back, and the connection has to sign in anew.
 */
export async function saveSalesforce(
  services: Services,
  connection: Connection,
  { origin, app }: { origin: string; app: SalesforceApp },
  actor: string,
): Promise<void> {
  const { db } = services.database;
  const { id, salesforce } = connection;
  const isSameApp = salesforce?.app.flow === app.flow && salesforce.app.clientId === app.clientId;
  const former = isSameApp ? undefined : await readSession(db, id);
  const { flow, clientId, ...rest } = app;
  const sealed = services.sealer.seal(JSON.stringify(rest), placeOf.salesforceApp(id));
  const columns = sql`salesforce_flow = ${flow}, salesforce_origin = ${origin},
    salesforce_client_id = ${clientId}, salesforce_app = ${sealed}`;
  const entry = { actor, action: 'Salesforce sign-in changed', details: { flow, origin } };
  await changeConnection(services, id, columns, entry, async (trx) => {
    if (isSameApp) await endAccess(trx, id);
    else await endSession(trx, id);
    if (!isSameApp) {
      await sql`
        update connection set salesforce_user_id = null, salesforce_username = null where connection_id = ${id}`.execute(
        trx,
      );
    }
  });
  if (!isSameApp) {
    await services.states.change({
      connectionId: id,
      to: 'disconnected',
      from: ['connected', 'reconnect needed', 'paused'],
      actor,
      action: 'disconnected from Salesforce',
      details: { because: 'another app' },
    });
  }
  const token = former?.refreshToken;
  if (token == null) return;
  const where = former?.instanceOrigin ?? salesforce?.origin ?? origin;
  await revokeToken(
    where,
    services.sealer.open(token, placeOf.refreshToken(id)),
    oauthOptions(services.config),
  );
}
