import { sql } from 'kysely';
import { readUsername } from '../salesforce/read-identity.ts';
import type { IssuedTokens } from '../salesforce/request-token.ts';
import type { Services } from '../services.ts';
import { replaceSession } from '../store/sessions.ts';
import { placeOf } from './connection-directory.ts';
import { CONNECTION_STATES, type Connection } from './connection.ts';
import { reviewNewSignIn } from './review-permissions.ts';
import { oauthOptions } from './salesforce-clients.ts';

/** Keeps what a sign-in by a person gave, makes the connection connected, and looks what its user may do. */
export async function saveSignIn(
  services: Services,
  { id }: Pick<Connection, 'id'>,
  tokens: IssuedTokens & { origin?: string },
  actor: string,
): Promise<void> {
  const { sealer, states, config } = services;
  const username = await readUsername(tokens, oauthOptions(config));
  const { accessToken, refreshToken, instanceOrigin, organizationId, userId } = tokens;
  await states.change({
    connectionId: id,
    to: 'connected',
    from: CONNECTION_STATES,
    actor,
    action: 'connected to Salesforce',
    details: { organizationId, userId },
    alongside: async (trx) => {
      await replaceSession(trx, id, {
        accessToken: sealer.seal(accessToken, placeOf.accessToken(id)),
        refreshToken:
          refreshToken === undefined ? undefined : sealer.seal(refreshToken, placeOf.refreshToken(id)),
        instanceOrigin,
      });
      await sql`
        update connection set salesforce_user_id = ${userId}, salesforce_username = ${username},
          connected_at = now(), connected_by = ${actor}, permissions_ok = null, permissions_checked_at = null
        where connection_id = ${id}`.execute(trx);
    },
  });
  services.directory.forget(id);
  await reviewNewSignIn(services, id);
}
