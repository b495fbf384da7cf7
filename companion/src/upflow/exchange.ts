import { z } from 'zod';
import { UpflowCallError, type UpflowProblem } from './call-error.ts';

/** One request to Upflow's API. */
export interface UpflowRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, after `/v1`. */
  path: string;
  body?: unknown;
  /** The customer that the request changes: no two of its changes are under way at once, in any process. */
  customerId?: string;
}

export interface ExchangeOptions {
  /** The origin that gets the key, and no other. */
  origin: string;
  apiKey: string;
  apiSecret: string;
  /** Total deadline, connection and body included. */
  timeoutInMs: number;
}

/** Upflow asks for patience no longer than this. */
const LONGEST_REST_IN_SECONDS = 60;

const problemSchema = z.object({ message: z.string().optional(), error: z.string().optional() });

/** What might work a moment later: a lost connection, or 429, 500 and 503. */
export class TryAgain extends UpflowCallError {
  /** As `Retry-After` says. */
  readonly afterSeconds: number;

  constructor(problem: UpflowProblem, message: string, status?: number, afterSeconds = 0) {
    super(problem, message, status);
    this.afterSeconds = afterSeconds;
  }
}

/**
 * Sends one request and reads its answer.
 *
 * @returns the parsed JSON; undefined where the answer has no body
 * @throws {TryAgain} when the same request may work later
 * @throws {UpflowCallError} when it will not
 */
export async function exchange(
  request: UpflowRequest,
  options: ExchangeOptions,
  signal?: AbortSignal,
): Promise<unknown> {
  const { status, retryAfter, body } = await send(request, options, signal);
  if (status >= 300 && status < 400)
    throw new UpflowCallError('redirect', `Upflow answered ${status}`, status);
  if (status >= 200 && status < 300) return body === '' ? undefined : parse(body, status);
  const said = problemSchema.safeParse(tryToParse(body));
  const message = said.data?.message ?? said.data?.error ?? `Upflow answered ${status}`;
  if (status === 429 || status === 500 || status === 503) {
    const seconds = Math.min(LONGEST_REST_IN_SECONDS, Number(retryAfter ?? 0) || 0);
    throw new TryAgain('busy', message, status, seconds);
  }
  throw new UpflowCallError(problemOf(status), message, status);
}

async function send(
  { method, path, body }: UpflowRequest,
  { origin, apiKey, apiSecret, timeoutInMs }: ExchangeOptions,
  signal: AbortSignal | undefined,
): Promise<{ status: number; retryAfter: string | null; body: string }> {
  const deadline = AbortSignal.timeout(timeoutInMs);
  try {
    const response = await fetch(`${origin}/v1${path}`, {
      method,
      headers: {
        'x-api-key': apiKey,
        'x-api-secret': apiSecret,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, body: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.aborted)
      throw new TryAgain('timeout', `Upflow gave no complete answer in ${timeoutInMs} ms`);
    const code = (error as { cause?: { code?: unknown } }).cause?.code;
    throw new TryAgain(
      'network',
      `Upflow could not be reached: ${typeof code === 'string' ? code : 'network'}`,
    );
  }
}

function problemOf(status: number): UpflowProblem {
  if (status === 401) return 'refused';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status >= 400 && status < 500 ? 'rejected' : 'unusable-answer';
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UpflowCallError('unusable-answer', 'Upflow answered with something that is not JSON', status);
  }
}

function tryToParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
