import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { UpflowAccess } from '../connect/connection.ts';

/** Why Upflow's API gave no answer. */
export type UpflowProblem =
  'refused' | 'forbidden' | 'timeout' | 'network' | 'busy' | 'redirect' | 'unusable-answer';

export class UpflowCallError extends Error {
  readonly problem: UpflowProblem;

  constructor(problem: UpflowProblem, message: string) {
    super(message);
    this.name = 'UpflowCallError';
    this.problem = problem;
  }
}

/** A page of Upflow's customers, each as it came. */
export interface CustomerPage {
  customers: Record<string, unknown>[];
  /** How many there are in all. */
  total: number;
}

export interface UpflowClient {
  /** One cheap call. @throws {UpflowCallError} `refused` when key or secret are wrong */
  checkCredentials(): Promise<void>;
  /** Money is in minor units. @param page at most 500 customers @throws {UpflowCallError} */
  listCustomers(page: { offset: number; limit: number }, signal?: AbortSignal): Promise<CustomerPage>;
}

/** The only hosts that ever get a key: https://docs.upflow.io/en-us/technical-documentation/api */
const ORIGINS = { production: 'https://api.upflow.io', sandbox: 'https://api.sandbox.upflow.io' };
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Upflow asks for no more than this at once from one that imports. */
const CALLS_AT_ONCE = 5;

export interface UpflowClientOptions {
  /** Total deadline of one exchange. */
  timeoutInMs: number;
  /** In place of Upflow, on this machine; demo and tests only. */
  simulatorOrigin?: string | undefined;
  /** Waits before the second, third … attempt of a call that met a busy server. */
  waitsInMs?: readonly number[];
}

const pageSchema = z.object({
  customers: z.array(z.record(z.string(), z.unknown())),
  total: z.int().min(0).optional(),
});
const problemSchema = z.object({ message: z.string().optional(), error: z.string().optional() });

/** A client of Upflow's API for one organization. */
export function openUpflowClient(access: UpflowAccess, options: UpflowClientOptions): UpflowClient {
  const { timeoutInMs, waitsInMs = [1000, 2000, 4000, 8000] } = options;
  const origin = originOf(access, options.simulatorOrigin);
  const takeTurn = limitCalls(CALLS_AT_ONCE);

  async function get(path: string, signal?: AbortSignal): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await takeTurn(() => exchange(path, signal));
      } catch (error) {
        const wait = waitsInMs[attempt];
        if (!(error instanceof RetryLater)) throw error;
        if (wait === undefined || signal?.aborted === true)
          throw new UpflowCallError(error.problem, error.message);
        await delay(Math.max(wait, error.afterMs), undefined, signal === undefined ? {} : { signal });
      }
    }
  }

  async function exchange(path: string, signal?: AbortSignal): Promise<unknown> {
    const response = await request(path, signal);
    const { status } = response;
    if (status >= 300 && status < 400) throw new UpflowCallError('redirect', `Upflow answered ${status}`);
    const text = response.body;
    if (status === 200) return parse(text);
    const said = problemSchema.safeParse(parse(text, {}));
    const message = said.data?.message ?? said.data?.error ?? `Upflow answered ${status}`;
    if (status === 401) throw new UpflowCallError('refused', message);
    if (status === 403) throw new UpflowCallError('forbidden', message);
    if (status === 429 || status === 500 || status === 503) {
      throw new RetryLater('busy', message, Math.min(60, Number(response.retryAfter ?? 0) || 0) * 1000);
    }
    throw new UpflowCallError('unusable-answer', message);
  }

  async function request(path: string, signal?: AbortSignal) {
    const deadline = AbortSignal.timeout(timeoutInMs);
    try {
      const response = await fetch(`${origin}/v1${path}`, {
        headers: { 'x-api-key': access.apiKey, 'x-api-secret': access.apiSecret, accept: 'application/json' },
        redirect: 'manual',
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      const retryAfter = response.headers.get('retry-after');
      return { status: response.status, retryAfter, body: await response.text() };
    } catch (error) {
      if (deadline.aborted)
        throw new RetryLater('timeout', `Upflow gave no complete answer in ${timeoutInMs} ms`, 0);
      const code = (error as { cause?: { code?: unknown } }).cause?.code;
      throw new RetryLater(
        'network',
        `Upflow could not be reached: ${typeof code === 'string' ? code : 'network'}`,
        0,
      );
    }
  }

  return {
    async checkCredentials() {
      pageOf(await get('/customers?limit=1'));
    },
    listCustomers: async ({ offset, limit }, signal) =>
      pageOf(await get(`/customers?offset=${offset}&limit=${limit}`, signal)),
  };
}

/** Might work a moment later. */
class RetryLater extends UpflowCallError {
  readonly afterMs: number;

  constructor(problem: UpflowProblem, message: string, afterMs: number) {
    super(problem, message);
    this.afterMs = afterMs;
  }
}

function originOf({ environment }: UpflowAccess, simulatorOrigin: string | undefined): string {
  const simulator = simulatorOrigin === undefined ? undefined : new URL(simulatorOrigin);
  return simulator !== undefined && LOOPBACK.has(simulator.hostname)
    ? simulator.origin
    : ORIGINS[environment];
}

function pageOf(answer: unknown): CustomerPage {
  const page = pageSchema.safeParse(answer);
  if (!page.success)
    throw new UpflowCallError('unusable-answer', 'Upflow answered without a list of customers');
  return { customers: page.data.customers, total: page.data.total ?? page.data.customers.length };
}

function parse(text: string, otherwise?: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (otherwise !== undefined) return otherwise;
    throw new UpflowCallError('unusable-answer', 'Upflow answered with something that is not JSON');
  }
}

function limitCalls(most: number): <Result>(call: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (call) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
