import type { Request } from 'express';
import { digestToken } from '../../connect/provision-connections.ts';
import { sql } from 'kysely';
import type { Services } from '../../services.ts';
import { identifyByToken, readBearer } from '../api/api-token.ts';
import type { MountOptions } from '../api/mount-routes.ts';
import { ApiProblem, type Actor } from '../api/route.ts';
import { csrf, FORGED, isReading } from './guard-writes.ts';
import { limitRate } from './limit-rate.ts';
import { digestSession } from './sealed-session-store.ts';
import { readSignedIn } from './signed-in.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** Wrong API tokens that one address may try in a minute. */
const WRONG_TOKENS_PER_MINUTE = 60;

/** Who sends a request: whoever shows an API token is nobody but its holder, else the browser session tells. */
export function createIdentify({ config, database, directory }: Services): MountOptions['identify'] {
  const { signIn } = config;
  const calls = limitRate(signIn.callsPerMinute, 60);
  const wrongTokens = limitRate(WRONG_TOKENS_PER_MINUTE, 60);
  return async (req, connection) => {
    const { authorization } = req.headers;
    if (authorization !== undefined) {
      const actor = identifyByToken(req, connection) ?? (await identifyElsewhere(req));
      if (actor !== undefined) await calls.take(digestToken(authorization).toString('base64'), req.res);
      return actor;
    }
    const actor = identifyBySession(req, signIn);
    if (actor === undefined) return undefined;
    await calls.take(actor.sessionDigest?.toString('base64') ?? '', req.res);
    if (!isReading(req) && !csrf.isRequestValid(req)) throw new ApiProblem(FORGED);
    return actor;
  };

  /** The holder of a token of another connection is told that there is nothing here, not that the token is wrong. */
  async function identifyElsewhere(req: Request): Promise<Actor | undefined> {
    await wrongTokens.take(req.ip ?? '', req.res);
    const token = readBearer(req);
    if (token === undefined) return undefined;
    const { rows } = await sql<{ connectionId: string }>`
      select connection_id as "connectionId" from api_token where digest = ${digestToken(token)} limit 1`.execute(
      database.db,
    );
    const [row] = rows;
    return row && identifyByToken(req, await directory.find(row.connectionId));
  }
}

function identifyBySession(req: Request, signIn: SignInSettings): Actor | undefined {
  const person = readSignedIn(req.session.signedIn, signIn, Date.now());
  return person && { ...person, connectionId: null, sessionDigest: digestSession(req.sessionID) };
}

/** The ways to sign in that are switched on. */
export function signInWaysOf({ links, openIdConnect }: SignInSettings): string[] {
  return [...(openIdConnect === undefined ? [] : ['openid-connect']), ...(links ? ['link'] : [])];
}
