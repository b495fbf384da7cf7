import type { TestOrg } from '../open-simulator.ts';
import type { RecordedShape } from './shape.ts';

const recordings =
  'https://github.com/api-evangelist/salesforce openapi/salesforce-composite-api-openapi.yml (operations with a Date header)';
const cassettes = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests/shared_cassettes';
const compositeTests =
  'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tasks/salesforce/tests/test_composite.py';
const fixtures = 'https://github.com/restforce/restforce spec/fixtures/sobject';
const documentation = 'https://developer.salesforce.com/docs/platform/api-rest/guide';

const base = '/services/data/v66.0';
const saved = { id: 'id', success: 'boolean', errors: [] } as const;
const location = { Location: /^\/services\/data\/v66\.0\/sobjects\/\w+\/\w{18}$/ };

const post = (org: TestOrg, path: string, body: object) =>
  org.call(path, { method: 'POST', user: 'admin', body });
const composite = (org: TestOrg, ...compositeRequest: object[]) =>
  post(org, '/composite', { compositeRequest });
const newAccount = (body: object) => ({
  method: 'POST',
  url: `${base}/sobjects/Account`,
  referenceId: 'refAccount',
  body,
});
const hours = (count: number): string =>
  encodeURIComponent(new Date(Date.now() + count * 3_600_000).toISOString());

/** Composite requests and their kin, and what was updated and deleted. */
export const compositeShapes: RecordedShape[] = [
  {
    name: 'a composite request that creates',
    source: recordings,
    ask: (org) => composite(org, newAccount({ Name: 'Recorded' })),
    status: 200,
    headers: { 'sforce-limit-info': /^api-usage=\d+\/\d+$/ },
    body: {
      compositeResponse: [
        { body: saved, httpHeaders: location, httpStatusCode: 'number', referenceId: /^refAccount$/ },
      ],
    },
  },
  {
    name: 'a composite request that failed',
    source: `${documentation}/resources-composite-subrequest-result.html`,
    ask: (org) => composite(org, newAccount({})),
    status: 200,
    body: {
      compositeResponse: [
        {
          body: [{ message: 'string', errorCode: /^[A-Z_]+$/, fields: ['string'] }],
          httpHeaders: {},
          httpStatusCode: 'number',
          referenceId: 'string',
        },
      ],
    },
  },
  {
    name: 'a reference to nothing',
    source: compositeTests,
    ask: (org) => composite(org, newAccount({ Name: '@{none.records[0].Id}' })),
    status: 200,
    body: {
      compositeResponse: [
        {
          body: [
            {
              errorCode: /^PROCESSING_HALTED$/,
              message: /^Invalid reference specified\. No value for none\.records\[0\]\.Id found in none/,
            },
          ],
          httpHeaders: {},
          httpStatusCode: 'number',
          referenceId: 'string',
        },
      ],
    },
  },
  {
    name: 'a describe within a composite request that did not change',
    source: cassettes,
    ask: (org) => {
      const httpHeaders = { 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' };
      const url = `${base}/sobjects/Account/describe`;
      return composite(org, { method: 'GET', url, referenceId: 'describe', httpHeaders });
    },
    status: 200,
    body: {
      compositeResponse: [
        {
          body: 'null',
          httpHeaders: { ETag: /^"[0-9a-f]{8}"$/, 'Last-Modified': / GMT$/ },
          httpStatusCode: 'number',
          referenceId: 'string',
        },
      ],
    },
  },
  {
    name: 'a composite graph',
    source: recordings,
    ask: (org) => {
      const compositeRequest = [newAccount({ Name: 'Recorded' })];
      return post(org, '/composite/graph', { graphs: [{ graphId: 'graph1', compositeRequest }] });
    },
    status: 200,
    body: {
      graphs: [
        {
          graphId: 'string',
          graphResponse: {
            compositeResponse: [
              { body: saved, httpHeaders: location, httpStatusCode: 'number', referenceId: 'string' },
            ],
          },
          isSuccessful: 'boolean',
        },
      ],
    },
  },
  {
    name: 'a composite batch',
    source: recordings,
    ask: (org) => {
      const url = 'v66.0/query/?q=SELECT+Id,+Name+FROM+Account+LIMIT+2';
      return post(org, '/composite/batch', { haltOnError: true, batchRequests: [{ method: 'GET', url }] });
    },
    status: 200,
    body: {
      hasErrors: 'boolean',
      results: [
        {
          statusCode: 'number',
          result: {
            totalSize: 'number',
            done: 'boolean',
            records: [{ attributes: { type: 'string', url: 'string' }, Id: 'id', Name: 'string' }],
          },
        },
      ],
    },
  },
  {
    name: 'a tree of records',
    source: recordings,
    ask: (org) => {
      const attributes = { type: 'Account', referenceId: 'ref1' };
      return post(org, '/composite/tree/Account', { records: [{ attributes, Name: 'Recorded' }] });
    },
    status: 201,
    body: { hasErrors: 'boolean', results: [{ referenceId: 'string', id: 'id' }] },
  },
  {
    name: 'a tree that failed',
    source: 'https://glenmazza.net/blog/entry/salesforce-multiple-record-insertions',
    ask: (org) => {
      const attributes = { type: 'Account', referenceId: 'ref1' };
      return post(org, '/composite/tree/Account', { records: [{ attributes }] });
    },
    status: 400,
    body: {
      hasErrors: 'boolean',
      results: [
        {
          referenceId: 'string',
          errors: [{ statusCode: /^[A-Z_]+$/, message: 'string', fields: ['string'] }],
        },
      ],
    },
  },
  {
    name: 'what was updated',
    source: fixtures,
    ask: async (org) => {
      await post(org, '/sobjects/Account', { Name: 'Recorded' });
      return org.call(`/sobjects/Account/updated/?start=${hours(-1)}&end=${hours(1)}`);
    },
    status: 200,
    body: { ids: ['id'], latestDateCovered: 'datetime' },
  },
  {
    name: 'what was deleted',
    source: fixtures,
    ask: async (org) => {
      const { body } = await post(org, '/sobjects/Account', { Name: 'Recorded' });
      const path = `/sobjects/Account/${(body as { id: string }).id}`;
      await org.call(path, { method: 'DELETE', user: 'admin' });
      return org.call(`/sobjects/Account/deleted/?start=${hours(-1)}&end=${hours(1)}`);
    },
    status: 200,
    body: {
      deletedRecords: [{ id: 'id', deletedDate: 'datetime' }],
      earliestDateAvailable: 'datetime',
      latestDateCovered: 'datetime',
    },
  },
];
