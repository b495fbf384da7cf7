import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import type { Session, SessionSource } from '../salesforce/open-client.ts';
import {
  giveRenewalBack,
  readSession,
  saveRenewed,
  takeRenewal,
  type StoredSession,
} from '../store/sessions.ts';
import type { Tables } from '../store/tables.ts';
import { placeOf } from './connection-directory.ts';
import type { ObtainedTokens } from './obtain-tokens.ts';
import type { Sealer } from './seal.ts';

/** Milliseconds between two looks at whether another process has finished renewing; half of them are random. */
const LOOK_AGAIN_IN_MS = 20;

export interface SessionKeeperOptions {
  db: Kysely<Tables>;
  sealer: Sealer;
  connectionId: string;
  /** Asks Salesforce for new tokens. Throws when it refuses, or when another org answers. */
  obtain: (kept: {
    refreshToken: string | undefined;
    instanceOrigin: string | null;
  }) => Promise<ObtainedTokens>;
  /** Longer than `obtain` can take. */
  leaseInSeconds: number;
}

/**
 * Keeps a connection's session in the database, where all processes find it. One of them at a time renews it, under a
 * lease that ends by itself should that process die; what it gets is committed before anybody uses it, because with
 * rotation the refresh token before it is worth nothing any more. No transaction is open while Salesforce is asked.
 */
export function keepSession(options: SessionKeeperOptions): SessionSource {
  const { db, sealer, connectionId, obtain, leaseInSeconds } = options;
  let known: Promise<Session> | undefined;
  let renewing: Promise<Session> | undefined;

  async function renewInTurn(refused: number): Promise<Session> {
    // Whoever holds the lease may die just before its end, and so may the next one.
    const deadline = Date.now() + 3 * leaseInSeconds * 1000;
    for (;;) {
      const stored = await readSession(db, connectionId);
      if (stored.generation > refused && stored.accessToken !== null) return open(stored);
      const leaseId = randomUUID();
      const wanted = { leaseId, seconds: leaseInSeconds, generation: stored.generation };
      const taken = await takeRenewal(db, connectionId, wanted);
      if (taken !== undefined) {
        const renewed = await renewAs(leaseId, stored, taken.wasAbandoned);
        if (renewed !== undefined) return renewed;
      } else if (Date.now() > deadline) {
        throw new SalesforceCallError('timeout', 'Another process did not finish renewing the session');
      }
      await delay(LOOK_AGAIN_IN_MS * (0.5 + Math.random() / 2));
    }
  }

  /** @returns undefined when the session was replaced or ended meanwhile */
  async function renewAs(
    leaseId: string,
    stored: StoredSession,
    wasAbandoned: boolean,
  ): Promise<Session | undefined> {
    try {
      const tokens = await obtain({
        refreshToken: openToken(stored.refreshToken, placeOf.refreshToken(connectionId)),
        instanceOrigin: stored.instanceOrigin,
      });
      const { accessToken, refreshToken, instanceOrigin } = tokens;
      const isSaved = await saveRenewed(db, connectionId, stored.generation, {
        accessToken: sealer.seal(accessToken, placeOf.accessToken(connectionId)),
        refreshToken:
          refreshToken === undefined
            ? undefined
            : sealer.seal(refreshToken, placeOf.refreshToken(connectionId)),
        instanceOrigin,
      });
      return isSaved ? { accessToken, instanceOrigin, generation: stored.generation + 1 } : undefined;
    } catch (error) {
      await giveRenewalBack(db, connectionId, leaseId);
      if (error instanceof SalesforceCallError && wasAbandoned) error.details.afterLostRenewal = true;
      throw error;
    }
  }

  function open({ accessToken, instanceOrigin, generation }: StoredSession): Session {
    return {
      accessToken: openToken(accessToken, placeOf.accessToken(connectionId)) ?? '',
      instanceOrigin: instanceOrigin ?? '',
      generation,
    };
  }

  function openToken(sealed: string | null, place: string): string | undefined {
    return sealed === null ? undefined : sealer.open(sealed, place);
  }

  function remember(session: Promise<Session>): Promise<Session> {
    known = session;
    session.catch(() => {
      if (known === session) known = undefined;
    });
    return session;
  }

  return {
    // Generations begin with 1, so that whatever session there is, is newer than none.
    current: () => known ?? remember(renewInTurn(0)),
    async renew(refused) {
      const latest = await known?.catch(() => undefined);
      if (latest !== undefined && latest.generation > refused.generation) return latest;
      renewing ??= renewInTurn(refused.generation).finally(() => (renewing = undefined));
      return remember(renewing);
    },
  };
}
