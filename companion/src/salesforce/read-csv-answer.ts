import { parse } from 'csv-parse';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SalesforceCallError } from './call-error.ts';
import { GuardedTransport, type StreamedAnswer } from './guard-transport.ts';

/** Rows that are handed on together: few enough that whoever takes them does not stop the others for long. */
const ROWS_PER_BATCH = 2000;
const PAGE_DEADLINE_IN_MS = 10 * 60_000;

/** Cells of rows, in the order of the heading; an empty text where the field is. */
export type Rows = string[][];

/** The transport of a connection of ours, for what jsforce has no call for. */
export function transportOf({ _transport: transport }: Connection): GuardedTransport {
  if (!(transport instanceof GuardedTransport)) throw new TypeError('The connection is not guarded');
  return transport;
}

/**
 * Opens an answer of the Bulk API that may be too large to be held in memory.
 *
 * @param path from the root of the org, version included
 */
export async function openCsv(calls: Connection, path: string): Promise<StreamedAnswer> {
  const headers = { authorization: `Bearer ${calls.accessToken ?? ''}`, accept: 'text/csv' };
  const answer = await transportOf(calls).stream(`${calls.instanceUrl}${path}`, headers, PAGE_DEADLINE_IN_MS);
  if (answer.statusCode === 200) return answer;
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  throw readRefusal(answer.statusCode, Buffer.concat(pieces).toString('utf8'));
}

/** Salesforce's own error, in the shape in which jsforce throws it. */
export function readRefusal(statusCode: number, text: string): Error {
  const refusal = z
    .tuple([z.looseObject({ errorCode: z.string(), message: z.string() })])
    .safeParse(parseJson(text));
  if (!refusal.success) {
    return new SalesforceCallError(
      'unusable-answer',
      `Salesforce answered ${statusCode} without an error of its own`,
    );
  }
  const [{ errorCode, message }] = refusal.data;
  return Object.assign(new Error(message), { name: errorCode, errorCode });
}

/** Rows of a page without its heading, gathered in batches. */
export async function* readCsv(body: AsyncIterable<Uint8Array>): AsyncGenerator<Rows> {
  const parser = parse({ from_line: 2, bom: true });
  let batch: Rows = [];
  parser.on('readable', () => {
    for (let row = parser.read() as string[] | null; row !== null; row = parser.read() as string[] | null) {
      batch.push(row);
    }
  });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  const take = () => {
    if (failure !== undefined) {
      throw new SalesforceCallError('unusable-answer', `The results are not CSV: ${failure.message}`);
    }
    const rows = batch;
    batch = [];
    return rows;
  };
  for await (const piece of body) {
    await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
    if (batch.length >= ROWS_PER_BATCH) yield take();
  }
  await new Promise<void>((resolve) => {
    parser.once('end', resolve).once('error', () => resolve());
    parser.end();
  });
  const last = take();
  if (last.length > 0) yield last;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
