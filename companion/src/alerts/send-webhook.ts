import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { checkHost, readWebhookUrl, type AddressRules } from './check-address.ts';

/** Name resolution, connection, answer: everything. */
const DEADLINE_IN_MS = 10_000;

/** Bytes of an answer that are read; what it says does not matter. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** A message did not arrive; the message says why, without what the other side said. */
export class DeliveryFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeliveryFailed';
  }
}

export interface OutgoingWebhook {
  url: string;
  /** `whsec_…` */
  secret: string;
  /** Stays the same over attempts, so that the receiver can drop a message that it has. */
  id: string;
  body: string;
  rules: AddressRules;
  deadlineInMs?: number;
}

/**
 * Sends a webhook, signed by the Standard Webhooks scheme, to the very address that was checked. Redirects are not
 * followed, and no proxy settings apply.
 *
 * @throws {AddressRefused} when the address may not be used
 * @throws {DeliveryFailed} when it was not answered with 2xx in time
 */
export async function sendWebhook(webhook: OutgoingWebhook): Promise<void> {
  const { url: text, secret, id, body, rules, deadlineInMs = DEADLINE_IN_MS } = webhook;
  const signal = AbortSignal.timeout(deadlineInMs);
  const url = readWebhookUrl(text, rules.allowPrivate);
  const checked = await beforeDeadline(checkHost(url, rules), signal);
  const now = new Date();
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal,
    lookup: (_host, { all }, done) => {
      if (all === true) done(null, [checked]);
      else done(null, checked.address, checked.family);
    },
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Upflow-for-Salesforce',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
  };
  const status = await post(url, options, body, signal);
  if (status >= 300 && status < 400)
    throw new DeliveryFailed('The receiver sent us to another address, which is not followed.');
  if (status < 200 || status >= 300) throw new DeliveryFailed(`The receiver answered ${status}.`);
}

function post(url: URL, options: RequestOptions, body: string, signal: AbortSignal): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(
        new DeliveryFailed(
          signal.aborted ? TOO_LATE : `The receiver could not be reached (${error.code ?? error.name}).`,
        ),
      );
    const sent = request(url, options, (answer) => {
      drain(answer, () => resolve(answer.statusCode ?? 0), fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

const TOO_LATE = 'The receiver did not answer in time.';

function drain(
  answer: IncomingMessage,
  done: () => void,
  fail: (error: NodeJS.ErrnoException) => void,
): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_ANSWER_BYTES) return;
    done();
    answer.destroy();
  });
  answer.on('end', done);
  answer.on('error', fail);
}

async function beforeDeadline<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let late: (() => void) | undefined;
  const deadline = new Promise<never>((_, reject) => {
    late = () => reject(new DeliveryFailed(TOO_LATE));
    signal.addEventListener('abort', late, { once: true });
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    if (late !== undefined) signal.removeEventListener('abort', late);
  }
}
