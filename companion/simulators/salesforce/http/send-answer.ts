import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Response } from 'express';
import { answerInstead } from '../faults/answer-instead.ts';
import { faultsOf, findFault } from '../faults/find-fault.ts';
import { spoilRows } from '../faults/spoil-rows.ts';
import { spoilSending } from '../faults/spoil-sending.ts';
import { writeJson } from './write-json.ts';

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
  const { status, headers = {}, body: whole } = answerInstead(faultsOf(res), 'after the work') ?? answer;
  res.status(status).set(usualHeaders);
  const body = spoilRows(res, whole);
  const isText = typeof body === 'string';
  // Past Express, which would add a charset to types: clients tell HTML by its exact type.
  if (body !== undefined) res.setHeader('Content-Type', isText ? 'text/plain;charset=UTF-8' : jsonType);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body === undefined) res.end();
  else await sendText(res, isText ? body : writeJson(body, res.req.get('X-PrettyPrint') === '1'));
}

const jsonType = 'application/json;charset=UTF-8';

async function sendText(res: Response, whole: string): Promise<void> {
  const text = findFault(res, 'cutJson') === null ? whole : whole.slice(0, Math.floor(whole.length / 2));
  const bytes = await encode(res, text);
  if (await spoilSending(res, bytes)) return;
  res.end(bytes);
}

/** Long bodies are compressed for whoever accepts that. */
async function encode(res: Response, text: string): Promise<Buffer> {
  const bytes = Buffer.from(text);
  res.vary('Accept-Encoding');
  const accepted = (res.req.get('Accept-Encoding') ?? '').includes('gzip');
  const wanted =
    findFault(res, 'cutGzip') !== null || (accepted && bytes.length >= SMALLEST_COMPRESSED_BYTES);
  if (!wanted) return bytes;
  res.set('Content-Encoding', 'gzip');
  return compress(bytes);
}
