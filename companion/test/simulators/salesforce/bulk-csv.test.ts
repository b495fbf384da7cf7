import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { bulkQuery, ingest, readResults } from './bulk-jobs.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
  await org.control('PUT', '/settings', { bulkStateMs: 0 });
});
afterAll(() => org.close());

const delimiters = { COMMA: ',', TAB: '\t', PIPE: '|', SEMICOLON: ';', CARET: '^', BACKQUOTE: '`' } as const;
const lineEndings = { LF: '\n', CRLF: '\r\n' } as const;
const format = fc.record({
  columnDelimiter: fc.constantFrom(...(Object.keys(delimiters) as (keyof typeof delimiters)[])),
  lineEnding: fc.constantFrom(...(Object.keys(lineEndings) as (keyof typeof lineEndings)[])),
});
/** What stands in a cell: nothing, the mark for null, or a text with all that CSV has to quote. */
const cell = fc.oneof(
  fc.constant(''),
  fc.constant('#N/A'),
  fc
    .array(fc.constantFrom('a', '"', ',', '|', ';', '^', '`', '\t', '\n', '\r\n', ' ', 'é', "'"), {
      maxLength: 8,
    })
    .map((parts) => `x${parts.join('')}x`),
);

test('cells come through ingest and query as they are, whatever has to be quoted', async () => {
  await fc.assert(
    fc.asyncProperty(format, fc.array(cell, { minLength: 1, maxLength: 5 }), async (written, cells) => {
      const ids = await org.seed(cells.map((_, index) => ({ Name: `Row ${index}`, Description: 'before' })));
      const options = {
        delimiter: delimiters[written.columnDelimiter],
        record_delimiter: lineEndings[written.lineEnding],
      };
      const csv = stringify([['Id', 'Description'], ...ids.map((id, index) => [id, cells[index]])], options);
      const job = await ingest(org, { operation: 'update', ...written }, csv);
      expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });

      const result = await readResults(org, job.id, 'successfulResults');
      const reported = parse(result, options).slice(1);
      expect(reported.map(([, , id, text]) => [id, text])).toEqual(
        ids.map((id, index) => [id, cells[index]]),
      );

      const list = ids.map((id) => `'${id}'`).join(',');
      const query = await bulkQuery(
        org,
        `SELECT Id, Description FROM Account WHERE Id IN (${list})`,
        written,
      );
      const reply = await org.call(`/jobs/query/${query}/results`, { user: 'admin' });
      const found = new Map(parse(String(reply.body), options).slice(1) as [string, string][]);
      const kept = (text: string): string => ({ '': 'before', '#N/A': '' })[text] ?? text;
      expect(ids.map((id) => found.get(id))).toEqual(cells.map(kept));
    }),
    { numRuns: 40 },
  );
});

test('a byte-order mark is part of the name of the first column, which then does not exist', async () => {
  const { state, errorMessage } = await ingest(org, { operation: 'insert' }, '\uFEFFName\nMarked\n');
  expect({ state, errorMessage }).toEqual({
    state: 'Failed',
    errorMessage: 'InvalidBatch : Field name not found : \uFEFFName',
  });
});

test('a whole number has no fraction, not even a nought', async () => {
  const { id } = await ingest(org, { operation: 'insert' }, 'Name,NumberOfEmployees\nA,1.0\nB,1\n');
  expect(await readResults(org, id, 'failedResults')).toContain(
    `Failed to deserialize field at col 1. Due to, '1.0' is not a valid value for the type xsd:int:NumberOfEmployees --",A,1.0`,
  );
  expect(await readResults(org, id, 'successfulResults')).toMatch(/"true",B,1\n$/);
});
