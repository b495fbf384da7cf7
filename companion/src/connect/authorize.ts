import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Reason } from '../outcome.ts';
import { authorizeAddress, newAuthorizationSecrets } from '../salesforce/authorize-address.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { explainSignIn } from '../salesforce/explain-sign-in.ts';
import { requestToken, revokeToken, type IssuedTokens } from '../salesforce/request-token.ts';
import type { Services } from '../services.ts';
import { listApprovals } from '../store/approvals.ts';
import {
  failAuthorization,
  findAuthorization,
  saveAuthorization,
  succeedAuthorization,
  useAuthorization,
  type Authorization,
} from '../store/authorizations.ts';
import { endSession, readSession } from '../store/sessions.ts';
import type { Connection, SalesforceAccess } from './connection.ts';
import { placeOf } from './connection-directory.ts';
import { findPushedOut, pushedOut } from './count-approvals.ts';
import { clientForm } from './obtain-tokens.ts';
import { accessOf, COMPANION, oauthOptions, requireSameOrganization } from './salesforce-clients.ts';
import { saveSignIn } from './save-sign-in.ts';

const VALIDITY_IN_SECONDS = 10 * 60;

/** Somebody to be sent to Salesforce. */
export interface Begun {
  id: string;
  url: string;
  expiresAt: Date;
}

/** Begins the web-server flow: keeps what the callback will be compared with, and says where to go. */
export async function beginAuthorization(
  services: Services,
  connection: Connection & { salesforce: NonNullable<Connection['salesforce']> },
  by: { actor: string; sessionDigest: Buffer; redirectUri: string; asAnotherUser: boolean },
): Promise<Begun> {
  const { database, sealer } = services;
  const { origin, app, username } = connection.salesforce;
  const secrets = newAuthorizationSecrets();
  const id = randomUUID();
  const expiresAt = await saveAuthorization(database.db, {
    id,
    connectionId: connection.id,
    stateDigest: digest(secrets.state),
    sessionDigest: by.sessionDigest,
    origin,
    clientId: app.clientId,
    redirectUri: by.redirectUri,
    verifier: sealer.seal(secrets.verifier, placeOf.verifier(connection.id)),
    startedBy: by.actor,
    validityInSeconds: VALIDITY_IN_SECONDS,
  });
  const url = authorizeAddress(origin, {
    clientId: app.clientId,
    redirectUri: by.redirectUri,
    secrets,
    asksWho: by.asAnotherUser,
    loginHint: by.asAnotherUser ? undefined : (username ?? undefined),
  });
  return { id, url, expiresAt };
}

/** The authorization that a callback belongs to; whether the browser is the one that began it is looked at apart. */
export function findByState(services: Services, state: string): Promise<Authorization | undefined> {
  return findAuthorization(services.database.db, { stateDigest: digest(state) });
}

export function isSameSession(
  authorization: Authorization,
  sessionDigest: Buffer | null | undefined,
): boolean {
  return (
    sessionDigest?.length === authorization.sessionDigest.length &&
    timingSafeEqual(sessionDigest, authorization.sessionDigest)
  );
}

/** What came back from Salesforce. */
export type CallbackAnswer = { code: string } | { error: string; description: string };

/**
 * Ends the web-server flow, once: exchanges the code at the host that was asked, and at no other. What goes wrong is
 * kept with the authorization for the page that waits.
 *
 * @returns false when the authorization was used before, or is too old
 */
export async function finishAuthorization(
  services: Services,
  authorization: Authorization,
  answer: CallbackAnswer,
): Promise<boolean> {
  const { db } = services.database;
  if (!(await useAuthorization(db, authorization.id))) return false;
  try {
    await complete(services, authorization, answer);
    await succeedAuthorization(db, authorization.id);
  } catch (error) {
    const problem = explainFailure(error);
    services.log.warn(
      { connectionId: authorization.connectionId, code: problem.code },
      'authorization failed',
    );
    await failAuthorization(db, authorization.id, problem);
  }
  return true;
}

async function complete(
  services: Services,
  authorization: Authorization,
  answer: CallbackAnswer,
): Promise<void> {
  const { connectionId, origin, clientId } = authorization;
  if ('error' in answer) {
    throw new SalesforceCallError('sign-in-refused', `${answer.error}: ${answer.description}`, {
      refusal: answer,
    });
  }
  services.directory.forget(connectionId);
  const connection = await services.directory.find(connectionId);
  const access = connection && accessOf(connection, services.config);
  const isAsBefore =
    access?.app.flow === 'web-server' && access.origin === origin && access.app.clientId === clientId;
  if (connection === undefined || !isAsBefore) throw CHANGED_MEANWHILE;

  const gaveBack = await giveApprovalBack(services, connection);
  try {
    await exchange(services, authorization, connection, access, answer.code);
  } catch (error) {
    if (gaveBack) await tellLost(services, connectionId, explainFailure(error));
    throw error;
  }
}

async function exchange(
  services: Services,
  { origin, redirectUri, verifier, startedBy }: Authorization,
  connection: Connection,
  { app }: SalesforceAccess,
  code: string,
): Promise<void> {
  const tokens = await requestToken(
    origin,
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: services.sealer.open(verifier, placeOf.verifier(connection.id)),
      ...(app.flow === 'web-server' ? clientForm(app) : {}),
    },
    oauthOptions(services.config),
  );
  if (tokens.refreshToken === undefined) throw NO_REFRESH_TOKEN;
  try {
    await requireSameOrganization(services.database.db, connection.id, tokens.organizationId);
  } catch (error) {
    await revokeToken(tokens.instanceOrigin, tokens.refreshToken, oauthOptions(services.config));
    throw error;
  }
  await saveSignIn(services, connection, tokens, startedBy);
  await tellPushedOut(services, connection, app.clientId, tokens);
}

/** A connection that is approved anew ends its former approval first, so that it never counts twice. */
async function giveApprovalBack(services: Services, connection: Connection): Promise<boolean> {
  const { db } = services.database;
  const { refreshToken, instanceOrigin } = await readSession(db, connection.id);
  if (refreshToken === null) return false;
  const token = services.sealer.open(refreshToken, placeOf.refreshToken(connection.id));
  const origin = instanceOrigin ?? connection.salesforce?.origin;
  if (origin !== undefined) await revokeToken(origin, token, oauthOptions(services.config));
  await endSession(db, connection.id);
  return true;
}

/** The former approval is gone, and no new one came of it. */
async function tellLost(services: Services, connectionId: string, reason: Reason): Promise<void> {
  await services.states.change({
    connectionId,
    to: 'reconnect needed',
    from: ['connected', 'reconnect needed', 'paused'],
    reason,
    actor: COMPANION,
    action: 'connection lost',
  });
}

/** Salesforce says nothing to the connections whose approval it has just ended, so we do. */
async function tellPushedOut(
  services: Services,
  connection: Connection,
  clientId: string,
  { organizationId, userId }: IssuedTokens,
): Promise<void> {
  const { db } = services.database;
  const approvals = await listApprovals(db);
  for (const lost of findPushedOut(approvals, {
    connectionId: connection.id,
    organizationId,
    clientId,
    userId,
  })) {
    await services.states.change({
      connectionId: lost.connectionId,
      to: 'reconnect needed',
      from: ['connected', 'reconnect needed', 'paused'],
      reason: pushedOut(lost.username, connection.id),
      actor: COMPANION,
      action: 'connection lost',
      alongside: (trx) => endSession(trx, lost.connectionId),
    });
  }
}

const CHANGED_MEANWHILE = new SalesforceCallError(
  'sign-in-refused',
  'The Salesforce side of the connection was changed while this authorization waited',
);
const NO_REFRESH_TOKEN = new SalesforceCallError('sign-in-refused', 'invalid_scope: no refresh token came', {
  refusal: { error: 'invalid_scope', description: 'no refresh token came' },
});

function explainFailure(error: unknown): Reason {
  if (error instanceof SalesforceCallError && error.problem === 'sign-in-refused')
    return explainSignIn(error).reason;
  return explainCallError(error).reason;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
