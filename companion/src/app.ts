import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { allRoutes } from './console/api/all-routes.ts';
import { serveConsole } from './console/serve-console.ts';
import { refuseForeignWrites } from './console/sign-in/guard-writes.ts';
import { createIdentify, signInWaysOf } from './console/sign-in/identify.ts';
import { keepSessions } from './console/sign-in/keep-sessions.ts';
import { receiveCallback } from './console/api/authorize-salesforce.ts';
import { mountRoutes } from './console/api/mount-routes.ts';
import { receivePushes } from './export/1-receive.ts';
import type { AcceptedPush } from './export/3-store.ts';
import type { Metrics } from './metrics.ts';
import { sendProblem, type Problem } from './problem.ts';
import type { Services } from './services.ts';
import { showApiDocs } from './show-api-docs.ts';

/** Browsers that came by https once do not come otherwise for a year. */
const HSTS_IN_SECONDS = 31_536_000;

export interface AppOptions {
  services: Services;
  storePush: (push: AcceptedPush) => Promise<void>;
  /** False from the moment the process begins to stop. */
  isAcceptingWork: () => boolean;
}

/** The companion's web application; starting and stopping it is main's. */
export function createApp({ services, storePush, isAcceptingWork }: AppOptions): Express {
  const { config, directory, sealer, log, metrics } = services;
  const { db, pool } = services.database;
  const { signIn, publicUrl } = config;
  const bodyLimitInBytes = config.pushBodyLimitInBytes;
  const findConnection = (id: string) => directory.find(id);
  const routes = allRoutes(services);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', signIn.trustedProxies);
  app.use(protectAnswers(publicUrl?.startsWith('https:') ?? false));

  app.use(receivePushes({ findConnection, store: storePush, bodyLimitInBytes, log, metrics }));
  app.use('/v1', ...keepSessions({ pool, sealer, signIn, publicUrl }), refuseForeignWrites(publicUrl));
  const identify = createIdentify(services);
  app.use(receiveCallback(services, identify));
  app.use(mountRoutes(routes, { directory, identify, signInWays: signInWaysOf(signIn) }));

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'alive' });
  });
  app.get('/readyz', async (_req, res) => {
    if (!isAcceptingWork()) return sendProblem(res, notReady('The companion is stopping.'));
    try {
      await sql`select 1`.execute(db);
      res.json({ status: 'ready' });
    } catch (error) {
      log.error({ err: error }, 'database unreachable');
      sendProblem(res, notReady('The database cannot be reached.'));
    }
  });
  app.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.use(showApiDocs(routes));
  app.use(serveConsole({ log }));

  app.use((req, res) => {
    sendProblem(res, {
      status: 404,
      code: 'not-found',
      title: 'There is nothing here',
      detail: `${req.method} ${req.path} is not part of this API. See /openapi.json.`,
    });
  });
  app.use(answerErrors(log, metrics, bodyLimitInBytes));
  return app;
}

/**
 * Headers for every answer: nothing of it is run, framed, guessed at or told to others. Pages say themselves what
 * they may load.
 */
function protectAnswers(isSecure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
    frameguard: { action: 'deny' },
    hsts: isSecure && { maxAge: HSTS_IN_SECONDS },
  });
}

function notReady(detail: string): Problem {
  return { status: 503, code: 'not-ready', title: 'The companion cannot work now', detail };
}

/** Errors of reading the body, as the body parser names them, and whatever nobody foresaw. */
function answerErrors(log: Logger, metrics: Metrics, bodyLimitInBytes: number): ErrorRequestHandler {
  const known: Record<string, Problem> = {
    'entity.too.large': {
      status: 413,
      code: 'too-large',
      title: 'The body is too large',
      detail: `A push may have ${bodyLimitInBytes} bytes. Send fewer customers in one push.`,
    },
    'encoding.unsupported': {
      status: 415,
      code: 'compressed',
      title: 'The body is compressed',
      detail: 'Send the body as it was signed, without Content-Encoding.',
    },
    'request.aborted': {
      status: 400,
      code: 'aborted',
      title: 'The body ended early',
      detail: 'The connection was closed before the whole body had arrived.',
    },
    'request.size.invalid': {
      status: 400,
      code: 'wrong-length',
      title: 'The body has another length than announced',
      detail: 'Content-Length must be the number of bytes in the body.',
    },
  };
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const { type, status } = error as { type?: string; status?: number };
    const problem = (type === undefined ? undefined : known[type]) ?? unforeseen(status);
    if (problem.status >= 500) log.error({ err: error }, 'request failed');
    else log.warn({ problem: problem.code, status: problem.status }, 'request refused');
    metrics.pushesReceived.inc({ answer: problem.code });
    sendProblem(res, problem);
  };
}

function unforeseen(status: number | undefined): Problem {
  if (status !== undefined && status >= 400 && status < 500) {
    return {
      status,
      code: 'bad-request',
      title: 'The request cannot be read',
      detail: 'Check its address and headers.',
    };
  }
  return {
    status: 500,
    code: 'internal',
    title: 'Something went wrong here',
    detail: 'It was logged. Try again; if it stays, tell whoever runs this companion.',
  };
}
