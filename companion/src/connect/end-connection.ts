import { revokeToken } from '../salesforce/request-token.ts';
import type { Services } from '../services.ts';
import { forgetOrganization } from '../store/forget-organization.ts';
import { STOPPED } from '../import/7-report.ts';
import { askForRemoval } from '../store/import-removal.ts';
import { addRemovalRun, stopImportRuns } from '../store/import-runs.ts';
import { endSession, readSession } from '../store/sessions.ts';
import { placeOf } from './connection-directory.ts';
import { CONNECTION_STATES, type Connection } from './connection.ts';
import { oauthOptions } from './salesforce-clients.ts';

/**
 * Signs out of Salesforce: the tokens are deleted here, then ended there. What was imported is removed from Upflow in the
 * background, but for the users that were assigned. Mapping, identifier, credentials and the org
 * stay, so that connecting again is quick; pushes are kept.
 *
 * @param switching also unties the connection from its org, so that another one may be connected
 */
export async function disconnect(
  services: Services,
  connection: Connection,
  actor: string,
  { switching = false } = {},
): Promise<void> {
  const { db } = services.database;
  const { id } = connection;
  const { refreshToken, accessToken, instanceOrigin } = await readSession(db, id);
  await services.states.change({
    connectionId: id,
    to: 'disconnected',
    from: CONNECTION_STATES,
    actor,
    action: switching ? 'organization switched' : 'disconnected from Salesforce',
    details: switching ? { formerOrganizationId: connection.organizationId } : {},
    alongside: async (trx) => {
      await endSession(trx, id);
      await stopImportRuns(trx, id, STOPPED.connection);
      await askForRemoval(trx, id);
      if (switching) await forgetOrganization(trx, id);
    },
  });
  // It needs Upflow only. Where that cannot be reached now, it is tried again every ten minutes.
  if (await addRemovalRun(db, id, actor)) services.kickImport(id);
  const sealed = refreshToken ?? accessToken;
  const origin = instanceOrigin ?? connection.salesforce?.origin;
  if (sealed === null || origin === undefined) return;
  const place = refreshToken === null ? placeOf.accessToken(id) : placeOf.refreshToken(id);
  const isRevoked = await revokeToken(
    origin,
    services.sealer.open(sealed, place),
    oauthOptions(services.config),
  );
  if (!isRevoked)
    services.log.warn({ connectionId: id }, 'Salesforce did not confirm that the token was revoked');
}
