import { Router, type Request } from 'express';
import { z } from 'zod';
import {
  beginAuthorization,
  findByState,
  finishAuthorization,
  isSameSession,
  type CallbackAnswer,
} from '../../connect/authorize.ts';
import type { Connection } from '../../connect/connection.ts';
import { APPROVALS_PER_USER, findFullUsers } from '../../connect/count-approvals.ts';
import { explainAbandoned } from '../../connect/explain-abandoned.ts';
import { sendProblem, type Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { listApprovals } from '../../store/approvals.ts';
import { recordAudit } from '../../store/audit.ts';
import { findAuthorization, type Authorization } from '../../store/authorizations.ts';
import { whyShape } from './connection-shape.ts';
import { ApiProblem, route, type Actor, type ApiRoute } from './route.ts';
import { requireSalesforce } from './salesforce-problem.ts';
import { publicUrlOf } from './view-connection.ts';

const TAG = 'Salesforce';
const AUTHORIZATIONS = '/v1/connections/:connectionId/salesforce/authorizations';
const CALLBACK = '/v1/salesforce/callback';

const moment = z.union([z.date(), z.string()]).meta({ type: 'string', format: 'date-time' });

/** A user's approval of the app, from the page that sends people to Salesforce. */
export function authorizationRoutes(services: Services): ApiRoute[] {
  const { db } = services.database;
  return [
    route({
      method: 'post',
      path: AUTHORIZATIONS,
      tag: TAG,
      summary: "Begin a user's approval of the app",
      description:
        'Open `url` in the browser of this session. Refused before a user approves the app a sixth time, because that ' +
        'would end the oldest approval; `asAnotherUser` says that somebody else will log in.',
      body: z.object({ asAnotherUser: z.boolean().optional() }),
      status: 201,
      answer: z.object({ id: z.string(), url: z.string(), expiresAt: moment }),
      problems: {
        409: 'The user has five approvals already (`five-approvals`), or the app is not known yet',
      },
      async handle({ connection, body: { asAnotherUser = false }, actor, req }) {
        const ready = requireSalesforce(connection);
        const { app, origin, userId } = ready.salesforce;
        if (app.flow !== 'web-server') throw OTHER_FLOW;
        const { id: connectionId, organizationId } = connection;
        const approving = { connectionId, origin, clientId: app.clientId, organizationId, userId };
        const full = findFullUsers(await listApprovals(db), approving);
        if (full.length > 0 && !asAnotherUser) throw fiveApprovals(full, actor);
        const begun = await beginAuthorization(services, ready, {
          actor: actor.name,
          sessionDigest: actor.sessionDigest ?? Buffer.alloc(0),
          redirectUri: publicUrlOf(services, req) + CALLBACK,
          asAnotherUser,
        });
        await db.transaction().execute((trx) =>
          recordAudit(trx, {
            connectionId,
            actor: actor.name,
            action: 'authorization begun',
            subject: begun.id,
            details: { asAnotherUser },
          }),
        );
        return begun;
      },
    }),
    route({
      method: 'get',
      path: `${AUTHORIZATIONS}/:authorizationId`,
      tag: TAG,
      summary: 'Ask what became of an approval',
      description: 'No answer may ever come from Salesforce; the hints say why.',
      params: z.object({ authorizationId: z.uuid() }),
      answer: z.object({
        state: z.enum(['waiting', 'done', 'failed', 'expired']),
        startedAt: moment,
        expiresAt: moment,
        reason: whyShape.nullable(),
        hints: z.array(z.object({ title: z.string(), explanation: z.string(), action: z.string() })),
      }),
      problems: { 404: 'Unknown connection or authorization' },
      async handle({ connection, params: { authorizationId } }) {
        const found = await findAuthorization(db, { id: authorizationId, connectionId: connection.id });
        if (found === undefined) throw UNKNOWN;
        const { startedAt, expiresAt, problem, redirectUri, origin } = found;
        const state = stateOf(found);
        const host = new URL(origin).host;
        const knownOrganization = connection.organizationId !== null;
        const hints = state === 'done' ? [] : explainAbandoned({ redirectUri, host, knownOrganization });
        return { state, startedAt, expiresAt, reason: problem, hints };
      },
    }),
  ];
}

/** Where Salesforce sends the browser back to. Only the session that began an authorization can end it. */
export function receiveCallback(
  services: Services,
  identify: (req: Request, connection: Connection | undefined) => Promise<Actor | undefined>,
): Router {
  const router = Router();
  router.get(CALLBACK, async (req, res) => {
    res.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const state = readParameter(req, 'state');
    const answer = readAnswer(req);
    const authorization = state === undefined ? undefined : await findByState(services, state);
    if (authorization === undefined || answer === undefined) return sendProblem(res, UNEXPECTED);
    const { connectionId, id } = authorization;
    const actor = await identify(req, await services.directory.find(connectionId));
    if (actor?.role !== 'admin' || !isSameSession(authorization, actor.sessionDigest)) {
      services.log.warn({ connectionId }, 'callback of another session refused');
      return sendProblem(res, OTHER_SESSION);
    }
    await finishAuthorization(services, authorization, answer);
    res.redirect(303, `/console/#/connections/${connectionId}/salesforce?authorization=${id}`);
  });
  return router;
}

/** One that was used goes on waiting until it is known what came of it. */
function stateOf({ succeeded, problem, isOver }: Authorization): 'waiting' | 'done' | 'failed' | 'expired' {
  if (succeeded) return 'done';
  if (problem !== null) return 'failed';
  return isOver ? 'expired' : 'waiting';
}

function readAnswer(req: Request): CallbackAnswer | undefined {
  const error = readParameter(req, 'error');
  if (error !== undefined) return { error, description: readParameter(req, 'error_description') ?? '' };
  const code = readParameter(req, 'code');
  return code === undefined ? undefined : { code };
}

function readParameter(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value.length <= 2000 ? value : undefined;
}

function fiveApprovals(full: ReturnType<typeof findFullUsers>, actor: Actor): ApiProblem {
  const names = full.flatMap(({ approvals }) =>
    approvals.map(({ connectionId, name }) => ({ id: connectionId, name })),
  );
  const seen = actor.connectionId === null ? names : [];
  const [first] = full;
  return new ApiProblem({
    status: 409,
    code: 'five-approvals',
    title: `${first?.username ?? 'A user'} has approved the app ${APPROVALS_PER_USER} times already`,
    detail:
      `Salesforce keeps ${APPROVALS_PER_USER} approvals of one user for one app, and a sixth ends the oldest` +
      `${seen[0] === undefined ? '' : `: that of ${seen[0].name}`}. Log in as another user, use JWT bearer or client ` +
      `credentials, or disconnect one of these${seen.length === 0 ? '' : `: ${seen.map(({ name }) => name).join(', ')}`}.`,
    extra: { connections: seen, username: first?.username ?? null },
  });
}

const OTHER_FLOW = new ApiProblem({
  status: 409,
  code: 'other-flow',
  title: 'This connection signs in without anybody approving',
  detail: 'It uses JWT bearer or client credentials. Connect it directly, or choose the web-server flow.',
});

const UNKNOWN = new ApiProblem({
  status: 404,
  code: 'unknown-authorization',
  title: 'There is no such authorization',
  detail: 'It is older than a week, or belongs to another connection. Begin a new one.',
});

const UNEXPECTED: Problem = {
  status: 400,
  code: 'unexpected-callback',
  title: 'Nobody waits for this answer',
  detail: 'This companion sent nobody to Salesforce with this state. Begin again in the console.',
};

const OTHER_SESSION: Problem = {
  status: 403,
  code: 'other-session',
  title: 'Another session began this',
  detail: 'Only the browser session that began to connect can finish it. Sign in there, or begin again here.',
};
