import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'csv-parse';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SalesforceCallError } from './call-error.ts';
import { GuardedTransport, type StreamedAnswer } from './guard-transport.ts';
import type { SalesforceClient } from './open-client.ts';

/** Rows of one page of results; a page that breaks off is asked for again as a whole. */
const ROWS_PER_PAGE = 50_000;
/** Rows that are handed on together: few enough that whoever takes them does not stop the others for long. */
const ROWS_PER_BATCH = 2000;
const PAGE_DEADLINE_IN_MS = 10 * 60_000;
const JOB_DEADLINE_IN_MS = 30 * 60_000;
const LONGEST_PAUSE_IN_MS = 5000;
const TRIES_PER_PAGE = 3;

/** Cells of rows, in the order of the query's fields; an empty text where the field is. */
export type Rows = string[][];

const jobSchema = z.looseObject({
  id: z.string().min(15),
  state: z.string(),
  errorMessage: z.string().nullish(),
});

/**
 * Reads everything that a query finds, page by page, by a job of Bulk API 2.0. The job is deleted afterwards, also
 * where the reader stops early.
 *
 * @throws {SalesforceCallError} when the job or its results fail; errors of single calls as jsforce has them
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 */
export async function* bulkQuery(
  client: SalesforceClient,
  soql: string,
  { operation = 'query', signal }: { operation?: 'query' | 'queryAll'; signal?: AbortSignal } = {},
): AsyncGenerator<Rows> {
  const created = await client.call((calls) =>
    calls.request({
      method: 'POST',
      url: jobsAddress(calls),
      body: JSON.stringify({ operation, query: soql }),
      headers: { 'content-type': 'application/json' },
    }),
  );
  const { id } = jobSchema.parse(created);
  try {
    await waitForJob(client, id, signal);
    let locator: string | undefined = '';
    while (locator !== undefined) locator = yield* readPage(client, id, locator, signal);
  } finally {
    // Jobs go by themselves after seven days: one that cannot be deleted is no reason to fail.
    await client
      .call((calls) => calls.request({ method: 'DELETE', url: `${jobsAddress(calls)}/${id}` }))
      .catch(() => undefined);
  }
}

async function waitForJob(
  client: SalesforceClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + JOB_DEADLINE_IN_MS;
  for (let pause = 50; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_IN_MS)) {
    const answer = await client.call((calls) => calls.request(`${jobsAddress(calls)}/${id}`));
    const { state, errorMessage } = jobSchema.parse(answer);
    if (state === 'JobComplete') return;
    if (state === 'Failed' || state === 'Aborted') {
      throw new SalesforceCallError('query-failed', `The query job ended ${state}: ${errorMessage ?? ''}`);
    }
    if (Date.now() > deadline) {
      throw new SalesforceCallError('timeout', 'The query job did not end within half an hour');
    }
    await delay(pause, undefined, { signal });
  }
}

/** Hands on the rows of one page. @returns where the next begins, undefined after the last */
async function* readPage(
  client: SalesforceClient,
  id: string,
  locator: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Rows, string | undefined> {
  let handedOn = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await client.call((calls) => openPage(calls, id, locator));
      let seen = 0;
      for await (const rows of readCsv(answer.body)) {
        signal?.throwIfAborted();
        const known = Math.min(Math.max(handedOn - seen, 0), rows.length);
        seen += rows.length;
        if (known < rows.length) yield known === 0 ? rows : rows.slice(known);
        handedOn = Math.max(handedOn, seen);
      }
      checkCount(seen, answer.headers['sforce-numberofrecords']);
      const next = answer.headers['sforce-locator'];
      return next === undefined || next === '' || next === 'null' ? undefined : next;
    } catch (error) {
      // The results of a job that has ended do not change: the page can be read again from its beginning.
      if (!(error instanceof SalesforceCallError) || attempt === TRIES_PER_PAGE || !mayPass(error))
        throw error;
    }
  }
}

async function openPage(calls: Connection, id: string, locator: string): Promise<StreamedAnswer> {
  const transport = calls._transport;
  if (!(transport instanceof GuardedTransport)) throw new TypeError('The connection is not guarded');
  const query = new URLSearchParams({ maxRecords: String(ROWS_PER_PAGE), ...(locator && { locator }) });
  const url = `${calls.instanceUrl}${jobsAddress(calls)}/${id}/results?${query.toString()}`;
  const headers = { authorization: `Bearer ${calls.accessToken ?? ''}`, accept: 'text/csv' };
  const answer = await transport.stream(url, headers, PAGE_DEADLINE_IN_MS);
  if (answer.statusCode === 200) return answer;
  throw await readRefusal(answer);
}

/** Salesforce's own error, in the shape in which jsforce throws it. */
async function readRefusal({ statusCode, body }: StreamedAnswer): Promise<Error> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  const refusal = z
    .tuple([z.looseObject({ errorCode: z.string(), message: z.string() })])
    .safeParse(parseJson(text));
  if (!refusal.success) {
    return new SalesforceCallError('unusable-answer', `Salesforce answered ${statusCode} without results`);
  }
  const [{ errorCode, message }] = refusal.data;
  return Object.assign(new Error(message), { name: errorCode, errorCode });
}

/** Rows of a page without its heading, gathered in batches. */
async function* readCsv(body: AsyncIterable<Uint8Array>): AsyncGenerator<Rows> {
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

function checkCount(seen: number, promised: string | undefined): void {
  if (promised === undefined || Number(promised) === seen) return;
  throw new SalesforceCallError(
    'unusable-answer',
    `A page of results has ${seen} rows where Salesforce announced ${promised}`,
  );
}

function mayPass({ problem }: SalesforceCallError): boolean {
  return problem === 'timeout' || problem === 'network' || problem === 'unusable-answer';
}

function jobsAddress({ version }: Connection): string {
  return `/services/data/v${version}/jobs/query`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
