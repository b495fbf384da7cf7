import { eventually, type Pipeline } from '../support/start-pipeline.ts';

export interface StreamEvent {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}

export interface EventStream {
  events: StreamEvent[];
  /** Waits for an event, among those that came already and those to come. */
  until(isWanted: (event: StreamEvent) => boolean, seconds: number): Promise<StreamEvent>;
  /** Resolves when the other side ends the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Reads the activity stream as a browser would. */
export async function openEventStream(
  pipeline: Pick<Pipeline, 'request'>,
  lastEventId?: string,
): Promise<EventStream> {
  const leaving = new AbortController();
  const answer = await pipeline.request('activity', {
    signal: leaving.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  if (answer.status !== 200 || answer.body === null) throw new Error(`activity: ${answer.status}`);
  const events: StreamEvent[] = [];
  const ended = read(answer.body, events).catch(() => undefined);
  return {
    events,
    until: (isWanted, seconds) =>
      eventually(() => Promise.resolve(events.find(isWanted)), 'an event of the stream', seconds),
    ended,
    close: () => leaving.abort(),
  };
}

async function read(body: ReadableStream<Uint8Array>, events: StreamEvent[]): Promise<void> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const fields = Object.fromEntries(
        part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields.data === undefined) continue;
      events.push({
        id: fields.id ?? '',
        kind: fields.event ?? '',
        data: JSON.parse(fields.data) as Record<string, unknown>,
      });
    }
  }
}
