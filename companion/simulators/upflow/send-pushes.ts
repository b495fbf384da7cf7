import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** A push that was made but not signed yet: each attempt is signed anew, under the same id. */
export interface OutgoingPush {
  id: string;
  body: string;
}

export interface SendOptions {
  /** The push address of the connection at the companion. */
  url: string;
  /** `whsec_…` */
  secret: string;
  /** How often each push is sent, under the same id. */
  copies?: number;
  /** Sends them in random order. */
  shuffle?: boolean;
  /** Requests under way at once. */
  concurrency?: number;
  /** Told, in words, what a push that is not accepted was answered. */
  onRefused?: (answer: string) => void;
}

/** How many requests were made, and how many were answered 202. */
export interface SendReport {
  sent: number;
  accepted: number;
  refused: number;
}

/** Makes a push of an event. */
export function makePush(type: string, data: unknown): OutgoingPush {
  return {
    id: `push_${randomUUID()}`,
    body: JSON.stringify({ type, timestamp: new Date().toISOString(), data }),
  };
}

/** Signs and sends one push. @returns the answer, or undefined when none came */
export async function sendPush(
  { id, body }: OutgoingPush,
  { url, secret }: SendOptions,
): Promise<Response | undefined> {
  const now = new Date();
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, now, body),
      },
      body,
    });
  } catch {
    return undefined;
  }
}

/** Sends pushes, several at a time. A push that is refused is not sent again. */
export async function sendPushes(pushes: readonly OutgoingPush[], options: SendOptions): Promise<SendReport> {
  const { copies = 1, shuffle = false, concurrency = 16, onRefused } = options;
  const queue = Array.from({ length: copies }, () => pushes).flat();
  if (shuffle) shuffleInPlace(queue);
  const report: SendReport = { sent: 0, accepted: 0, refused: 0 };
  const worker = async () => {
    for (let push = queue.pop(); push !== undefined; push = queue.pop()) {
      const answer = await sendPush(push, options);
      const body = await answer?.text();
      report.sent++;
      if (answer?.status === 202) {
        report.accepted++;
        continue;
      }
      report.refused++;
      onRefused?.(describeRefusal(answer?.status, body));
    }
  };
  queue.reverse();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return report;
}

/** What a push was answered, in words: the companion says it as problem details. */
function describeRefusal(status: number | undefined, body = ''): string {
  if (status === undefined) return 'Nobody answers at this address.';
  try {
    const { title, detail } = JSON.parse(body) as { title?: string; detail?: string };
    return [status, title, detail].filter((part) => part !== undefined).join(' · ');
  } catch {
    return String(status);
  }
}

function shuffleInPlace(values: unknown[]): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
}
