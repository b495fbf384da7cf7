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
  if (new URL(url).origin !== origin) {
    throw new SalesforceCallError(
      'forbidden-host',
      `Refused to call ${new URL(url).host}: it is not ${origin}`,
    );
  }
  try {
    const response = await fetch(url, {
      method: init.method,
      headers: init.headers,
      ...(init.body === undefined ? {} : { body: init.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutInMs),
    });
    const body = await response.text();
    if (REDIRECTS.has(response.status)) {
      throw new SalesforceCallError(
        'redirect',
        `Salesforce answered ${response.status}: redirects are not followed`,
        { status: response.status, location: response.headers.get('location') ?? undefined },
      );
    }
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    if (error instanceof SalesforceCallError) throw error;
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new SalesforceCallError('timeout', `Salesforce gave no complete answer within ${timeoutInMs} ms`);
    }
    throw new SalesforceCallError(
      'network',
      `Salesforce could not be reached: ${describeNetworkError(error)}`,
      { networkCode: networkCodeOf(error) },
    );
  }
}

/** jsforce's transport, replaced by the guarded exchange above. */
export class GuardedTransport extends Transport {
  readonly #options: GuardedFetchOptions;
  readonly #onCall: (call: { method: string; status: number }) => void;

  constructor(options: GuardedFetchOptions, onCall: (call: { method: string; status: number }) => void) {
    super();
    this.#options = options;
    this.#onCall = onCall;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    // We only use calls that read a whole answer, so the stream that jsforce offers stays empty.
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  async #send({ url, method, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
    // fetch counts the bytes itself and refuses a content-length set by hand.
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-length'));
    const answer = await guardedFetch(
      url,
      { method, headers: sent, body: body as string | undefined },
      this.#options,
    );
    this.#onCall({ method, status: answer.statusCode });
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
