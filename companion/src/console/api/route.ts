import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Connection } from '../../connect/connection.ts';
import type { Problem } from '../../problem.ts';

export type Role = 'admin' | 'viewer';

/** Who may call a route; `anyone` has not signed in, or not yet. */
export type Caller = Role | 'anyone';

/** Who sends a request. */
export interface Actor {
  /** As the audit log names them. */
  name: string;
  role: Role;
  /** The only connection that they may touch; null for all. */
  connectionId: string | null;
  /** Digest of the browser session, or of the API token. */
  sessionDigest: Buffer | null;
}

/** Thrown by a handler to answer with a problem document. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/** The connection that the path names; there is none where it names none. */
type ConnectionOf<Path extends string> = Path extends `${string}:connectionId${string}`
  ? Connection
  : undefined;

/** A request that was checked: who sent it, and that it has the shape that the route asks for. */
export interface ApiRequest<Path extends string, Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  actor: Actor;
  connection: ConnectionOf<Path>;
  /** Whether the sender may still do this: for answers that go on for long. */
  isStillAllowed: () => Promise<boolean>;
  req: Request;
  res: Response;
}

/** A route as it is mounted and described; {@link route} makes it. */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express has it, such as `/v1/connections/:connectionId/pause`. */
  path: string;
  tag: string;
  summary: string;
  description: string | undefined;
  /** Who may call it; viewers may read only. */
  role: Caller;
  params: z.ZodObject | undefined;
  query: z.ZodObject | undefined;
  body: z.ZodType | undefined;
  status: 200 | 201 | 202 | 204 | 303;
  /** Null where the handler writes the answer itself: a download, a stream. */
  answer: z.ZodType | null;
  /** The media type of an answer that the handler writes itself. */
  mediaType: string;
  /** Problems that callers of this route must expect, by status. */
  problems: Partial<Record<number, string>>;
  handle: (request: ApiRequest<string, never, never, never>) => Promise<unknown>;
}

interface RouteDefinition<
  Path extends string,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType | null,
> {
  method: ApiRoute['method'];
  path: Path;
  tag: string;
  summary: string;
  description?: string;
  /** Defaults to what the method says: viewers may GET. */
  role?: Caller;
  /** Parameters of the path besides `connectionId`. */
  params?: Params;
  query?: Query;
  body?: Body;
  status?: ApiRoute['status'];
  /** What the answer may hold: anything else is left out of it. */
  answer: Answer;
  mediaType?: string;
  problems?: Partial<Record<number, string>>;
  handle: (
    request: ApiRequest<Path, z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<Answer extends z.ZodType ? z.input<Answer> : unknown>;
}

/**
 * Defines one route of the admin API, once: it is mounted, checked and described from this. Dates in answers are
 * sent in ISO form.
 */
export function route<
  Path extends string,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType | null = null,
>(definition: RouteDefinition<Path, Params, Query, Body, Answer>): ApiRoute {
  const { method, role = method === 'get' ? 'viewer' : 'admin' } = definition;
  return {
    description: undefined,
    params: undefined,
    query: undefined,
    body: undefined,
    status: 200,
    mediaType: 'application/json',
    problems: {},
    ...definition,
    role,
    // Checked against the schemas of this very definition before it is called.
    handle: definition.handle,
  };
}
