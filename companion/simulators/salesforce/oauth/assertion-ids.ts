import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { OAuthRefusal } from './oauth-request.ts';

const table = '_assertion_id';

/**
 * Refuses an assertion whose id was sent before, so that one that was overheard is worth nothing; an id is not required:
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm&type=5
 */
export function requireNewAssertion(
  org: SimulatedOrg,
  app: App,
  assertion: { id: string; endsAt: number },
): void {
  forgetEnded(org);
  const key = JSON.stringify([app.clientId, assertion.id]);
  if (org.store.get(table, key) !== undefined) throw OAuthRefusal.grant('invalid assertion');
  org.store.put(table, key, { endsAt: assertion.endsAt });
}

/** An assertion that is over is refused without its id. */
function forgetEnded(org: SimulatedOrg): void {
  const now = org.clock.now() / 1000;
  for (const [key, { endsAt }] of [...org.store.rows(table)]) {
    if (Number(endsAt) <= now) org.store.remove(table, key);
  }
}
