import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { SalesforceCallError } from './call-error.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface GuardedFetchOptions {
  /** The only origin that may receive this connection's credentials. */
  origin: string;
  /** Total deadline, from the connection to the last byte of the body. */
  timeoutInMs: number;
}

/**
 * One HTTP exchange with Salesforce: never with another host, never past its deadline, never redirected
 * (a redirect would carry the bearer token along), never repeated behind our back.
 *
 * @throws {SalesforceCallError} when no answer came, or one that must not be followed
 */
export async function guardedFetch(
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string | undefined },
  { origin, timeoutInMs }: GuardedFetchOptions,
): Promise<HttpResponse> {
  refuseOtherHosts(url, origin);
  try {
    const response = await fetch(url, {
      method: init.method,
      headers: init.headers,
      ...(init.body === undefined ? {} : { body: init.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutInMs),
    });
    const body = await response.text();
    refuseRedirect(response);
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    throw toCallError(error, timeoutInMs);
  }
}

/** An answer whose body is read piece by piece. */
export interface StreamedAnswer {
  statusCode: number;
  headers: Record<string, string>;
  /** Throws {@link SalesforceCallError} where the body ends early, stalls, or takes too long. */
  body: AsyncIterable<Uint8Array>;
}

export interface GuardedStreamOptions extends GuardedFetchOptions {
  /** The longest pause between two pieces of the body. */
  idleInMs: number;
}

/**
 * As {@link guardedFetch}, for answers too large to be held in memory. Read the body, or leave it by `break`: either
 * ends the exchange.
 *
 * @throws {SalesforceCallError} when no answer came, or one that must not be followed
 */
export async function guardedStream(
  url: string,
  init: { method: string; headers: Record<string, string> },
  { origin, timeoutInMs, idleInMs }: GuardedStreamOptions,
): Promise<StreamedAnswer> {
  refuseOtherHosts(url, origin);
  const idle = new AbortController();
  const watch = watchIdle(() => idle.abort(new DOMException('No data', 'TimeoutError')), idleInMs);
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutInMs), idle.signal]);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    refuseRedirect(response);
    const headers = Object.fromEntries(response.headers);
    return { statusCode: response.status, headers, body: readPieces(response.body, watch, idleInMs) };
  } catch (error) {
    watch.stop();
    idle.abort();
    throw toCallError(error, idleInMs);
  }
}

async function* readPieces(
  body: ReadableStream<Uint8Array> | null,
  watch: IdleWatch,
  idleInMs: number,
): AsyncGenerator<Uint8Array> {
  try {
    if (body === null) return;
    for await (const piece of body) {
      // The time that the reader takes over a piece is not Salesforce's.
      watch.stop();
      yield piece;
      watch.start();
    }
  } catch (error) {
    throw toCallError(error, idleInMs);
  } finally {
    watch.stop();
  }
}

interface IdleWatch {
  start(): void;
  stop(): void;
}

function watchIdle(onIdle: () => void, idleInMs: number): IdleWatch {
  let timer = setTimeout(onIdle, idleInMs);
  return {
    start: () => (timer = setTimeout(onIdle, idleInMs)),
    stop: () => clearTimeout(timer),
  };
}

function refuseOtherHosts(url: string, origin: string): void {
  if (new URL(url).origin === origin) return;
  throw new SalesforceCallError(
    'forbidden-host',
    `Refused to call ${new URL(url).host}: it is not ${origin}`,
  );
}

function refuseRedirect({ status, headers }: Response): void {
  if (!REDIRECTS.has(status)) return;
  throw new SalesforceCallError('redirect', `Salesforce answered ${status}: redirects are not followed`, {
    status,
    location: headers.get('location') ?? undefined,
  });
}

function toCallError(error: unknown, timeoutInMs: number): SalesforceCallError {
  if (error instanceof SalesforceCallError) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new SalesforceCallError('timeout', `Salesforce gave no complete answer within ${timeoutInMs} ms`);
  }
  return new SalesforceCallError(
    'network',
    `Salesforce could not be reached: ${describeNetworkError(error)}`,
    { networkCode: networkCodeOf(error) },
  );
}

/** An exchange that was answered. `limitInfo` is what the org says of its API calls. */
export interface AnsweredCall {
  method: string;
  status: number;
  limitInfo: string | undefined;
}

export interface CallObserver {
  /**
   * Asked before each exchange.
   *
   * @throws {SalesforceCallError} `budget-spent` when it must not be made
   */
  beforeCall?: (() => Promise<void>) | undefined;
  onCall: (call: AnsweredCall) => void;
}

/** jsforce's transport, replaced by the guarded exchange above. */
export class GuardedTransport extends Transport {
  readonly #options: GuardedFetchOptions;
  readonly #observer: CallObserver;

  constructor(options: GuardedFetchOptions, observer: CallObserver) {
    super();
    this.#options = options;
    this.#observer = observer;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    // We only use calls that read a whole answer, so the stream that jsforce offers stays empty.
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  /** Asks for an answer that is read piece by piece, within `deadlineInMs` altogether. */
  async stream(url: string, headers: Record<string, string>, deadlineInMs: number): Promise<StreamedAnswer> {
    const { origin, timeoutInMs: idleInMs } = this.#options;
    await this.#observer.beforeCall?.();
    const answer = await guardedStream(
      url,
      { method: 'GET', headers },
      { origin, idleInMs, timeoutInMs: deadlineInMs },
    );
    const limitInfo = answer.headers['sforce-limit-info'];
    this.#observer.onCall({ method: 'GET', status: answer.statusCode, limitInfo });
    return answer;
  }

  /** Sends what may take longer than a call usually may. */
  send(request: HttpRequest, deadlineInMs: number): Promise<HttpResponse> {
    return this.#send(request, deadlineInMs);
  }

  async #send(
    { url, method, headers = {}, body }: HttpRequest,
    timeoutInMs = this.#options.timeoutInMs,
  ): Promise<HttpResponse> {
    // fetch counts the bytes itself and refuses a content-length set by hand.
    await this.#observer.beforeCall?.();
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-length'));
    const answer = await guardedFetch(
      url,
      { method, headers: sent, body: body as string | undefined },
      { ...this.#options, timeoutInMs },
    );
    const limitInfo = answer.headers['sforce-limit-info'];
    this.#observer.onCall({ method, status: answer.statusCode, limitInfo });
    return answer;
  }
}

function describeNetworkError(error: unknown): string {
  return networkCodeOf(error) ?? (error as Error).message;
}

function networkCodeOf(error: unknown): string | undefined {
  const cause = (error as { cause?: { code?: unknown } }).cause;
  return typeof cause?.code === 'string' ? cause.code : undefined;
}
