import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Response } from 'express';
import { findFault } from '../faults/apply-faults.ts';

const compress = promisify(gzip);
const SMALLEST_COMPRESSED_BYTES = 1024;

/** What a resource answers; a body that is a string is sent as it is. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Rows that the request wrote or tried to write, for the latency that each may cost. */
  rows?: number;
}

const usualHeaders = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'none',
  'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
};

/** Sends an answer as Salesforce would, or as the faults of this request have it. */
export async function sendAnswer(res: Response, answer: Answer): Promise<void> {
  if (findFault(res, 'resetAfter') !== null) {
    res.req.socket.resetAndDestroy();
    return;
  }
  res.status(answer.status).set(usualHeaders);
  const body = dropRows(res, answer.body);
  if (body === undefined) {
    res.set(answer.headers ?? {}).end();
    return;
  }
  const isText = typeof body === 'string';
  res.set('Content-Type', isText ? 'text/plain;charset=UTF-8' : 'application/json;charset=UTF-8');
  // Set past Express, which would add a charset to a type that has none.
  res.setHeaders(new Map(Object.entries(answer.headers ?? {})));
  const whole = isText ? body : writeJson(body, res.req.get('X-PrettyPrint') === '1');
  const text = findFault(res, 'cutJson') === null ? whole : whole.slice(0, Math.floor(whole.length / 2));
  await sendText(res, text);
}

async function sendText(res: Response, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const accepted = res.req.get('Accept-Encoding') ?? '';
  res.vary('Accept-Encoding');
  if (bytes.length < SMALLEST_COMPRESSED_BYTES || !accepted.includes('gzip')) {
    res.end(bytes);
    return;
  }
  res.set('Content-Encoding', 'gzip');
  res.end(await compress(bytes));
}

/** Salesforce's own spacing, where asked for: a blank on both sides of the colon. */
function writeJson(body: unknown, pretty: boolean): string {
  if (!pretty) return JSON.stringify(body);
  return JSON.stringify(body, null, 2).replace(/^(\s*"(?:[^"\\]|\\.)*"):/gm, '$1 :');
}

function dropRows(res: Response, body: unknown): unknown {
  const fault = findFault(res, 'dropRows');
  if (fault === null) return body;
  if (Array.isArray(body)) return body.slice(0, -fault.rows);
  if (typeof body !== 'object' || body === null || !('records' in body)) return body;
  return Array.isArray(body.records) ? { ...body, records: body.records.slice(0, -fault.rows) } : body;
}
