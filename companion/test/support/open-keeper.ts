import { placeOf } from '../../src/connect/connection-directory.ts';
import { keepSession } from '../../src/connect/keep-session.ts';
import { obtainTokens } from '../../src/connect/obtain-tokens.ts';
import { createSealer, readSealingKeys, type Sealer, type SealingKey } from '../../src/connect/seal.ts';
import type { SessionSource } from '../../src/salesforce/open-client.ts';
import type { Database } from '../../src/store/open-database.ts';
import { replaceSession } from '../../src/store/sessions.ts';

/** What a keeper needs to know; plain texts, so that another process can be told. */
export interface KeeperSettings {
  sealingKey: string;
  origin: string;
  clientId: string;
  clientSecret: string;
}

export function sealerOf({ sealingKey }: KeeperSettings): Sealer {
  return createSealer(readSealingKeys(sealingKey) as [SealingKey]);
}

/** Keeps the session as a process of its own would: nothing is shared but the database. */
export function openKeeper(
  { db }: Database,
  connectionId: string,
  settings: KeeperSettings,
  leaseInSeconds = 30,
): SessionSource {
  const { origin, clientId, clientSecret } = settings;
  const access = {
    origin,
    app: { flow: 'web-server' as const, clientId, clientSecret },
    userId: null,
    username: null,
  };
  const options = { timeoutInMs: 5000, simulatorOrigin: origin };
  return keepSession({
    db,
    sealer: sealerOf(settings),
    connectionId,
    obtain: (kept) => obtainTokens(access, kept, options),
    leaseInSeconds,
  });
}

/** Keeps the tokens that a user's approval gave. */
export async function keepApproval(
  { db }: Database,
  connectionId: string,
  settings: KeeperSettings,
  tokens: { access_token?: unknown; refresh_token?: unknown },
): Promise<void> {
  const sealer = sealerOf(settings);
  await replaceSession(db, connectionId, {
    accessToken: sealer.seal(String(tokens.access_token), placeOf.accessToken(connectionId)),
    refreshToken: sealer.seal(String(tokens.refresh_token), placeOf.refreshToken(connectionId)),
    instanceOrigin: settings.origin,
  });
}
