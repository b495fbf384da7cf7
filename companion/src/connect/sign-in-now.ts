import type { Services } from '../services.ts';
import { readHold, holdConnection } from '../store/connections.ts';
import type { Connection } from './connection.ts';
import { obtainTokens } from './obtain-tokens.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { isMendedInSalesforce } from '../salesforce/explain-sign-in.ts';
import { accessOf, oauthOptions, requireSameOrganization, tellRefusal } from './salesforce-clients.ts';
import { saveSignIn } from './save-sign-in.ts';

/** A person has to act: a second, as after a failed call, would be too soon. */
const FIRST_WAIT_IN_SECONDS = 60;

/**
 * Signs in with what is there: an integration user's credentials, or the approval that a user gave before.
 *
 * @throws {SalesforceCallError} Salesforce's reason; `not-signed-in` where a user has to approve the app first
 */
export async function signInNow(services: Services, connection: Connection, actor: string): Promise<void> {
  const access = accessOf(connection, services.config);
  if (access === undefined) throw new SalesforceCallError('not-signed-in', 'Nothing says how to sign in');
  if (access.app.flow === 'web-server') return services.clients.signIn(connection, actor);
  try {
    const kept = { refreshToken: undefined, instanceOrigin: null };
    const tokens = await obtainTokens(access, kept, oauthOptions(services.config));
    await requireSameOrganization(services.database.db, connection.id, tokens.organizationId);
    await saveSignIn(services, connection, tokens, actor);
  } catch (error) {
    await tellRefusal(services.states, connection.id, error);
    throw error;
  }
}

/**
 * Tries again to sign in where somebody may have mended in Salesforce what was wrong: less and less often, and only
 * for connections that are not connected because of such a thing.
 */
export async function retrySignIns(services: Services): Promise<void> {
  const { db } = services.database;
  for (const connection of await services.directory.list()) {
    const { id, state, stateReason } = connection;
    if (state !== 'reconnect needed' || !isMendedInSalesforce(stateReason?.code)) continue;
    if ((await readHold(db, id)) !== undefined) continue;
    try {
      await services.clients.signIn(connection);
    } catch (error) {
      if (!(error instanceof SalesforceCallError)) throw error;
      services.log.info({ connectionId: id, code: stateReason?.code }, 'still not signed in');
      if (stateReason !== null) await holdConnection(db, id, stateReason, FIRST_WAIT_IN_SECONDS);
    }
  }
}
