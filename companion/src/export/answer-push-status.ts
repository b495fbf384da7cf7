import { Router, type Request, type RequestHandler } from 'express';
import type { Kysely } from 'kysely';
import type { Connection } from '../connect/connection.ts';
import { identifyByToken } from '../console/api/api-token.ts';
import { summarizeOutcomes } from '../outcome.ts';
import { sendProblem } from '../problem.ts';
import { readHold } from '../store/connections.ts';
import { retryPush } from '../store/customers.ts';
import { findPush } from '../store/pushes.ts';
import type { Tables } from '../store/tables.ts';
import { isPushId } from './2-verify.ts';

export interface AnswerPushStatusOptions {
  findConnection: (id: string) => Promise<Pick<Connection, 'id' | 'apiTokenDigests'> | undefined>;
  db: Kysely<Tables>;
  /** Told when a connection has work again. */
  kick: (connectionId: string) => void;
}

/** Step 7 for those who ask: what became of a push, and try it again. */
export function answerPushStatus({ findConnection, db, kick }: AnswerPushStatusOptions): Router {
  const router = Router();
  const path = '/v1/connections/:connectionId/pushes/:pushId';
  const authenticate = requireApiToken(findConnection);

  router.get(path, authenticate, async (req: Request<{ connectionId: string; pushId: string }>, res) => {
    const { connectionId, pushId } = req.params;
    const push = isPushId(pushId) ? await findPush(db, connectionId, pushId) : undefined;
    if (push === undefined) return sendProblem(res, unknownPush(pushId));
    const outcome = summarizeOutcomes(push.effects.map((effect) => effect.outcome));
    const hold = outcome === undefined ? await readHold(db, connectionId) : undefined;
    res.set('cache-control', 'no-store').json({
      id: push.pushId,
      connectionId,
      type: push.type,
      timestamp: push.sentAt,
      receivedAt: push.receivedAt,
      outcome: outcome ?? 'pending',
      ...(hold === undefined ? {} : { waiting: hold }),
      customers: push.effects.map((effect) => ({
        customerId: effect.customerId === '' ? null : effect.customerId,
        outcome: effect.outcome ?? 'pending',
        accountId: effect.accountId,
        reason: effect.reason,
        endedAt: effect.endedAt,
      })),
    });
  });

  router.post(
    `${path}/retry`,
    authenticate,
    async (req: Request<{ connectionId: string; pushId: string }>, res) => {
      const { connectionId, pushId } = req.params;
      if (!isPushId(pushId) || (await findPush(db, connectionId, pushId)) === undefined)
        return sendProblem(res, unknownPush(pushId));
      const customers = await retryPush(db, connectionId, pushId);
      kick(connectionId);
      res.status(202).json({ id: pushId, customers });
    },
  );
  return router;
}

function unknownPush(pushId: string) {
  return {
    status: 404,
    code: 'unknown-push',
    title: 'There is no such push',
    detail: `No push with the id ${pushId} was accepted for this connection within the last 30 days.`,
  };
}

/** Lets a request through only with a token of the very connection that its path names. */
function requireApiToken(
  findConnection: AnswerPushStatusOptions['findConnection'],
): RequestHandler<{ connectionId: string }> {
  return async (req, res, next) => {
    const connection = await findConnection(req.params.connectionId);
    if (identifyByToken(req, connection) !== undefined) {
      next();
      return;
    }
    res.set('www-authenticate', 'Bearer');
    sendProblem(res, {
      status: 401,
      code: 'wrong-token',
      title: 'An API token of this connection is needed',
      detail: 'Send the header "Authorization: Bearer" with one of the API tokens of this connection.',
    });
  };
}
