import type { Response } from 'express';
import type { Activity } from '../store/activity.ts';
import type { ActivityHub } from './activity-hub.ts';

/** Keeps proxies and browsers from taking a quiet stream for a dead one. */
const HEARTBEAT_IN_MS = 15_000;

/** Bytes that may wait for a slow reader; one that has more is dropped, and resumes when it can. */
const MOST_WAITING_BYTES = 512 * 1024;

export interface SendActivityOptions {
  connectionId: string;
  /** The last entry that the client has seen; undefined when it has seen none. */
  lastId: number | undefined;
  hub: ActivityHub;
  /** What was missed since an entry, oldest first. */
  readMissed: (id: number) => Promise<Activity[]>;
  /** Asked with each heartbeat: the session may have ended. */
  isStillAllowed: () => Promise<boolean>;
  /** The process stops. */
  stopping: AbortSignal;
  heartbeatInMs?: number;
}

/**
 * Sends what happens on a connection as server-sent events, until the client goes, its session ends or the
 * process stops. A client that says what it saw last gets what it missed first.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function sendActivity(res: Response, options: SendActivityOptions): Promise<void> {
  const { connectionId, lastId, hub, readMissed, isStillAllowed, stopping } = options;
  const sent = new Set<number>();
  let early: Activity[] | undefined = [];

  const send = (entry: Activity) => {
    if (sent.has(entry.id)) return;
    if (res.writableLength > MOST_WAITING_BYTES) return void res.destroy();
    res.write(formatEvent(entry));
  };
  const stopListening = await hub.listen(connectionId, (entry) => {
    if (early === undefined) send(entry);
    else early.push(entry);
  });
  try {
    const missed = lastId === undefined ? [] : await readMissed(lastId);
    res.status(200).set({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    res.write('retry: 2000\n: connected\n\n');
    for (const entry of missed) {
      send(entry);
      sent.add(entry.id);
    }
    for (const entry of early) send(entry);
    early = undefined;
  } catch (error) {
    stopListening();
    throw error;
  }

  const end = () => res.end();
  const heartbeat = setInterval(() => {
    isStillAllowed().then(
      (isAllowed) => (isAllowed ? res.write(': still here\n\n') : end()),
      // Whether the session lives cannot be told now; the client comes back and is asked anew.
      end,
    );
  }, options.heartbeatInMs ?? HEARTBEAT_IN_MS);
  heartbeat.unref();
  stopping.addEventListener('abort', end, { once: true });
  res.once('close', () => {
    stopListening();
    clearInterval(heartbeat);
    stopping.removeEventListener('abort', end);
  });
  if (stopping.aborted || res.closed) end();
}

function formatEvent({ id, kind, at, data }: Activity): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify({ at, ...data })}\n\n`;
}
