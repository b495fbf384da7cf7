import { isUtf8 } from 'node:buffer';
import express, { Router, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { Connection } from '../connect/connection.ts';
import type { Metrics } from '../metrics.ts';
import { sendProblem, type Problem } from '../problem.ts';
import { readPush } from '../upflow/push-schema.ts';
import { verifyPush, type HeaderName } from './2-verify.ts';
import { StoreOverloaded, type AcceptedPush } from './3-store.ts';

/** Seconds after which a sender that met a full or absent database may come back. */
const RETRY_AFTER_IN_SECONDS = 5;

export interface ReceivePushesOptions {
  findConnection: (id: string) => Promise<Pick<Connection, 'id' | 'pushKeys'> | undefined>;
  /** Resolves when the push is durable. The benchmark's comparison route passes one that keeps nothing. */
  store: (push: AcceptedPush) => Promise<void>;
  bodyLimitInBytes: number;
  log: Logger;
  metrics: Metrics;
  now?: () => Date;
}

/**
 * `POST /v1/connections/:connectionId/pushes`: reads the raw bytes, believes them only when signed, and
 * answers 202 only when they are stored. Whatever is refused leaves a log line and nothing else.
 */
export function receivePushes(options: ReceivePushesOptions): Router {
  const { findConnection, store, bodyLimitInBytes, log, metrics, now = () => new Date() } = options;
  const router = Router();
  const accepted = metrics.pushesReceived.labels('accepted');

  router.post(
    '/v1/connections/:connectionId/pushes',
    // The signature covers the bytes as sent, so a compressed body is refused rather than inflated.
    express.raw({ type: () => true, limit: bodyLimitInBytes, inflate: false }),
    async (req: Request<{ connectionId: string }>, res: Response) => {
      const refuse = (problem: Problem) => {
        metrics.pushesReceived.inc({ answer: problem.code });
        log.warn(
          { connectionId: connection?.id, problem: problem.code, status: problem.status },
          'push refused',
        );
        sendProblem(res, problem);
      };

      const connection = await findConnection(req.params.connectionId);
      if (connection === undefined) return refuse(UNKNOWN_CONNECTION);

      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const header = (name: HeaderName) => req.get(name);
      const verification = verifyPush(header, body, connection.pushKeys, now());
      if (!verification.verified) {
        return refuse({
          status: 401,
          code: verification.problem,
          title: 'The push could not be verified',
          detail: verification.detail,
        });
      }

      const text = body.toString('utf8');
      const parsed = isUtf8(body) ? parseJson(text) : undefined;
      if (parsed === undefined) return refuse(NOT_JSON);

      const { push, problems } = readPush(parsed.json);
      if (push === undefined) {
        return refuse({
          status: 422,
          code: 'invalid-push',
          title: 'The push does not fit its schema',
          detail: problems.map(({ field, problem }) => `${field}: ${problem}`).join('; '),
          extra: { errors: problems },
        });
      }

      const { pushId } = verification;
      try {
        await store({
          connectionId: connection.id,
          pushId,
          type: push.type,
          sentAt: new Date(push.timestamp),
          body: text,
        });
      } catch (error) {
        res.set('retry-after', String(RETRY_AFTER_IN_SECONDS));
        if (!(error instanceof StoreOverloaded))
          log.error({ connectionId: connection.id, err: error }, 'store failed');
        return refuse(NOT_STORED);
      }
      accepted.inc();
      res
        .status(202)
        .location(`/v1/connections/${connection.id}/pushes/${encodeURIComponent(pushId)}`)
        .json({ id: pushId, status: 'accepted' });
    },
  );
  return router;
}

const UNKNOWN_CONNECTION: Problem = {
  status: 404,
  code: 'unknown-connection',
  title: 'There is no such connection',
  detail: 'The address names a connection that this companion does not serve. Check the id before /pushes.',
};

const NOT_JSON: Problem = {
  status: 400,
  code: 'not-json',
  title: 'The body is not JSON',
  detail: 'The signature is right, but the body cannot be read. Send a JSON object in UTF-8.',
};

const NOT_STORED: Problem = {
  status: 503,
  code: 'not-stored',
  title: 'The push could not be stored',
  detail:
    'Nothing was kept. Send the same push again, with the same webhook-id, after the time in Retry-After.',
};

function parseJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
