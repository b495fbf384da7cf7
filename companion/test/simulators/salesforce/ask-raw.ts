import { request } from 'node:http';

/** What came over the wire until the answer ended, broke off or was cut by `until`. */
export interface RawReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  /** The connection was closed before the answer was whole. */
  broken: boolean;
  /** How many pieces the body came in. */
  pieces: number;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Ends the reading once so many bytes are there, for answers that never end. */
  enoughBytes?: number;
}

/** Calls past fetch, which would hide how an answer was sent. */
export function askRaw(url: string, options: RawRequest = {}): Promise<RawReply> {
  const { method = 'GET', headers = {}, body, enoughBytes = Infinity } = options;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      const finish = (broken: boolean): void => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          bytes,
          broken,
          pieces: chunks.length,
        });
        asked.destroy();
      };
      reply.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (Buffer.concat(chunks).length >= enoughBytes) finish(false);
      });
      reply.once('end', () => finish(!reply.complete));
      reply.once('error', () => finish(true));
      // Trouble after the headers is trouble of the answer.
      asked.removeListener('error', reject).once('error', () => finish(true));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
