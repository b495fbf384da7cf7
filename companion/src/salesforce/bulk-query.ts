import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SalesforceCallError } from './call-error.ts';
import type { StreamedAnswer } from './guard-transport.ts';
import type { SalesforceClient } from './open-client.ts';
import { openCsv, readCsv, type Rows } from './read-csv-answer.ts';

export type { Rows };

/** Rows of one page of results; a page that breaks off is asked for again as a whole. */
const ROWS_PER_PAGE = 50_000;
const JOB_DEADLINE_IN_MS = 30 * 60_000;
const LONGEST_PAUSE_IN_MS = 5000;
const TRIES_PER_PAGE = 3;

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

function openPage(calls: Connection, id: string, locator: string): Promise<StreamedAnswer> {
  const query = new URLSearchParams({ maxRecords: String(ROWS_PER_PAGE), ...(locator && { locator }) });
  return openCsv(calls, `${jobsAddress(calls)}/${id}/results?${query.toString()}`);
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
