import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { ConnectionDirectory } from '../../connect/connection-directory.ts';
import type { Connection } from '../../connect/connection.ts';
import { sendProblem } from '../../problem.ts';
import { forPerson } from '../../salesforce/call-purpose.ts';
import { ApiProblem, type Actor, type ApiRoute } from './route.ts';

/** Larger than any body of the admin API needs to be. */
const BODY_LIMIT = '1mb';

export interface MountOptions {
  directory: ConnectionDirectory;
  /**
   * Who sends the request, by session or API token.
   *
   * @throws {ApiProblem} when the request is forged or comes too often
   */
  identify: (req: Request, connection: Connection | undefined) => Promise<Actor | undefined>;
  /** Ways to sign in, for those who have not. */
  signInWays: readonly string[];
}

/** Mounts routes; each request is checked for who sends it, for which connection, and for its shape. */
export function mountRoutes(routes: readonly ApiRoute[], options: MountOptions): Router {
  const router = Router();
  const readBody = express.json({ limit: BODY_LIMIT, strict: false });
  for (const definition of routes) {
    const handlers: RequestHandler[] = definition.body === undefined ? [] : [readBody];
    router[definition.method](definition.path, ...handlers, async (req, res) => {
      res.set('cache-control', 'no-store');
      try {
        await answer(definition, options, req, res);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        sendProblem(res, error.problem);
      }
    });
  }
  return router;
}

async function answer(
  definition: ApiRoute,
  { directory, identify, signInWays }: MountOptions,
  req: Request,
  res: Response,
): Promise<void> {
  const { connectionId } = req.params;
  const connection = typeof connectionId === 'string' ? await directory.find(connectionId) : undefined;
  const actor = definition.role === 'anyone' ? ANYONE : await identify(req, connection);
  if (actor === undefined) throw notSignedIn(res, signInWays);
  const isOutOfReach = actor.connectionId !== null && actor.connectionId !== connectionId;
  if (isOutOfReach || (connectionId !== undefined && connection === undefined)) throw UNKNOWN_CONNECTION;
  if (definition.role === 'admin' && actor.role !== 'admin') throw ADMINS_ONLY;

  const request = {
    params: check(definition.params, req.params, 'path'),
    query: check(definition.query, req.query, 'query'),
    body: check(definition.body, req.body, 'body'),
    actor,
    connection,
    isStillAllowed: async () => {
      if (actor.sessionDigest !== null && !(await reloadSession(req))) return false;
      const known = typeof connectionId === 'string' ? await directory.find(connectionId) : undefined;
      const found = await identify(req, known);
      return found?.role === actor.role && found.name === actor.name;
    },
    req,
    res,
  };
  const handle = () => definition.handle(request as unknown as Parameters<ApiRoute['handle']>[0]);
  const result = await forPerson(handle);
  if (definition.answer === null) return;
  res.status(definition.status);
  if (definition.status === 204) res.end();
  else res.json(definition.answer.parse(result));
}

/** Reads the browser session anew. @returns false when it has ended */
function reloadSession(req: Request): Promise<boolean> {
  const { session } = req as { session?: { reload(done: (error: unknown) => void): unknown } };
  if (session === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    session.reload((error) => resolve(error == null));
  });
}

/** @throws {ApiProblem} that names each field that does not fit, and why */
function check(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    field: path.join('.') || part,
    problem: message,
  }));
  throw new ApiProblem({
    status: 422,
    code: 'invalid-request',
    title: 'The request does not fit',
    detail: errors.map(({ field, problem }) => `${field}: ${problem}`).join('; '),
    extra: { errors },
  });
}

function notSignedIn(res: Response, signInWays: readonly string[]): ApiProblem {
  res.set('www-authenticate', 'Bearer');
  return new ApiProblem({
    status: 401,
    code: 'not-signed-in',
    title: 'Sign in first',
    detail: 'Sign in to the console, or send "Authorization: Bearer" with an API token of this connection.',
    extra: { signInWays },
  });
}

/** Has no say anywhere: routes for anyone look for themselves. */
const ANYONE: Actor = { name: 'anyone', role: 'viewer', connectionId: null, sessionDigest: null };

const UNKNOWN_CONNECTION = new ApiProblem({
  status: 404,
  code: 'unknown-connection',
  title: 'There is no such connection',
  detail: 'The address names a connection that does not exist, or that you may not see.',
});

const ADMINS_ONLY = new ApiProblem({
  status: 403,
  code: 'admins-only',
  title: 'Only admins may do this',
  detail: 'You are signed in as a viewer. Ask an admin to do it, or to make you one.',
});
