import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

interface Result {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

const base = '/services/data/v66.0';
const newAccount = (referenceId: string, body: object = { Name: referenceId }) => ({
  method: 'POST',
  url: `${base}/sobjects/Account`,
  referenceId,
  body,
});
const get = (referenceId: string, path: string, rest: object = {}) => ({
  method: 'GET',
  url: base + path,
  referenceId,
  ...rest,
});
const send = (compositeRequest: unknown, rest: object = {}, request: Request = {}): Promise<Reply> =>
  org.call('/composite', {
    method: 'POST',
    user: 'admin',
    body: { compositeRequest, ...rest },
    ...request,
  });
const run = async (compositeRequest: unknown[], rest: object = {}, request: Request = {}) => {
  const reply = await send(compositeRequest, rest, request);
  expect(reply.status).toBe(200);
  return (reply.body as { compositeResponse: Result[] }).compositeResponse;
};
const namesLike = async (start: string) =>
  (await org.rows(`SELECT Name FROM Account WHERE Name LIKE '${start}%'`)).map((row) => row.Name);

describe('a composite request', () => {
  test('hands the answer of one subrequest to later ones, in addresses and in bodies', async () => {
    const [account, contact, read] = await run([
      newAccount('acc'),
      {
        method: 'POST',
        url: `${base}/sobjects/Contact`,
        referenceId: 'con',
        body: { LastName: 'Of @{acc.id}', AccountId: '@{acc.id}' },
      },
      get('read', '/sobjects/Contact/@{con.id}?fields=LastName,AccountId'),
    ]);
    const { id } = account?.body as { id: string };
    expect(account).toEqual({
      body: { id, success: true, errors: [] },
      httpHeaders: { Location: `${base}/sobjects/Account/${id}` },
      httpStatusCode: 201,
      referenceId: 'acc',
    });
    expect(contact?.httpStatusCode).toBe(201);
    expect(read?.body).toMatchObject({ LastName: `Of ${id}`, AccountId: id });
  });

  test('follows references into lists and nested objects', async () => {
    const [, created, read, last] = await run([
      newAccount('first', { Name: 'Nested', BillingCity: 'Lyon' }),
      {
        method: 'POST',
        url: `${base}/composite/sobjects`,
        referenceId: 'many',
        body: { records: [{ attributes: { type: 'Account' }, Name: 'In a list' }] },
      },
      get('query', '/query?q=SELECT+Id,BillingAddress+FROM+Account+WHERE+Id=%27@{first.id}%27'),
      {
        method: 'PATCH',
        url: `${base}/sobjects/Account/@{many[0].id}`,
        referenceId: 'last',
        body: { Site: '@{query.records[0].BillingAddress.city}' },
      },
    ]);
    expect([created, read, last].map((result) => result?.httpStatusCode)).toEqual([200, 200, 204]);
    expect(last).toMatchObject({ body: null, httpHeaders: expect.any(Object) });
    expect(await org.rows("SELECT Site FROM Account WHERE Name = 'In a list'")).toMatchObject([
      { Site: 'Lyon' },
    ]);
  });

  test('a reference to what failed, or to a field in the wrong case, halts only what depends on it', async () => {
    const results = await run([
      newAccount('bad', {}),
      get('ofBad', '/sobjects/Account/@{bad.id}'),
      newAccount('good'),
      get('ofGood', '/sobjects/Account/@{good.Id}'),
      newAccount('last'),
      newAccount('ofError', { Name: '@{bad[0].errorCode}' }),
    ]);
    expect(results.map((result) => result.httpStatusCode)).toEqual([400, 400, 201, 400, 201, 400]);
    expect(results[0]?.body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }]);
    expect(results[1]?.body).toEqual([
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'Invalid reference specified. No value for bad.id found in bad.',
      },
    ]);
    expect(results[3]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    expect(await namesLike('last')).toEqual(['last']);
  });

  test('with allOrNone one failure takes all others back, and the answer is still 200', async () => {
    const results = await run([newAccount('one'), newAccount('two', {}), newAccount('three')], {
      allOrNone: true,
    });
    const halted = [
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'The transaction was rolled back since another operation in the same transaction failed.',
      },
    ];
    expect(results).toMatchObject([
      { httpStatusCode: 400, body: halted, httpHeaders: {} },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      { httpStatusCode: 400, body: halted, httpHeaders: {} },
    ]);
    expect(await namesLike('one')).toEqual([]);
    const stats = await org.control('GET', '/stats');
    expect(stats.body).toMatchObject({ rowsWritten: 0, rowsFailed: 2 });
  });

  test('with allOrNone a bad row of a collection within it takes everything back', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'row' }, { attributes: { type: 'Account' } }];
    const url = `${base}/composite/sobjects`;
    const collection = { method: 'POST', url, referenceId: 'rows', body: { allOrNone: false, records } };
    const results = await run([newAccount('before'), collection], { allOrNone: true });
    expect(results).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      {
        body: [
          { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
          { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
        ],
      },
    ]);
    expect(await namesLike('before')).toEqual([]);
    const partial = await run([newAccount('before'), collection]);
    expect(partial).toMatchObject([
      { httpStatusCode: 201 },
      { body: [{ success: true }, { success: false }] },
    ]);
  });

  test('is one API call, whatever stands in it', async () => {
    await run([newAccount('a'), newAccount('b'), get('c', '/sobjects/Account/@{a.id}')]);
    const { body } = await org.control('GET', '/stats');
    expect(body).toMatchObject({ apiCalls: 1, byResource: { 'POST /composite': 1 } });
  });

  test('works on each subrequest in the version that its address names', async () => {
    await org.seed([{ Name: 'Old', ERP_Code__c: 'V1' }]);
    const upsert = (version: string) => ({
      method: 'PATCH',
      url: `/services/data/v${version}/sobjects/Account/ERP_Code__c/V1`,
      referenceId: `at${version.slice(0, 2)}`,
      body: { Phone: '1' },
    });
    const results = await run([upsert('45.0'), upsert('46.0')]);
    expect(results.map((result) => result.httpStatusCode)).toEqual([204, 200]);
  });

  test('passes the headers of a subrequest on, and shows those of its answer', async () => {
    const [first] = await run([get('first', '/sobjects/Account/describe')]);
    expect(first?.httpHeaders.ETag).toMatch(/^"[0-9a-f]{8}"$/);
    const httpHeaders = { 'If-Modified-Since': first?.httpHeaders['Last-Modified'] };
    const [second] = await run([get('second', '/sobjects/Account/describe', { httpHeaders })]);
    expect(second).toEqual({
      body: null,
      httpHeaders: first?.httpHeaders,
      httpStatusCode: 304,
      referenceId: 'second',
    });
  });

  test('a blank field can be referred to since v52, and not before', async () => {
    const [id = ''] = await org.seed([{ Name: 'Blank' }]);
    const copy = [
      get('from', `/sobjects/Account/${id}?fields=Phone`),
      newAccount('to', { Name: 'Copied', Phone: '@{from.Phone}' }),
    ];
    const [, now] = await run(copy);
    const [, then] = await run(copy, {}, { version: 'v51.0' });
    expect(now?.httpStatusCode).toBe(201);
    expect(then?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  });
});

describe('a composite request is refused', () => {
  test('in part where a subrequest is composite itself, or of a resource that cannot stand within one', async () => {
    const paths = [
      '/composite',
      '/composite/batch',
      '/composite/graph',
      '/composite/tree/Account',
      '/limits',
    ];
    const results = await run(
      paths.map((path, index) => ({ method: 'POST', url: base + path, referenceId: `r${index}`, body: {} })),
    );
    expect(results.map((result) => result.httpStatusCode)).toEqual([400, 400, 400, 400, 400]);
    const [unknown] = await run([get('unknown', '/sobjects/Nothing/describe')]);
    expect(unknown).toMatchObject({ httpStatusCode: 404, body: [{ errorCode: 'NOT_FOUND' }] });
  });

  test('beyond 25 subrequests, and beyond five queries and collections', async () => {
    const many = Array.from({ length: 26 }, (_, index) => newAccount(`a${index}`));
    expect(await run(many)).toEqual([
      {
        body: [
          { errorCode: 'LIMIT_EXCEEDED', message: 'The request can’t contain more than 25 operations.' },
        ],
        httpHeaders: {},
        httpStatusCode: 400,
        referenceId: null,
      },
    ]);
    const queries = Array.from({ length: 6 }, (_, index) =>
      get(`q${index}`, '/query?q=SELECT+Id+FROM+Account'),
    );
    expect(await run(queries)).toMatchObject([{ body: [{ errorCode: 'LIMIT_EXCEEDED' }] }]);
    expect(await namesLike('a1')).toEqual([]);
    expect(await run(many.slice(1))).toHaveLength(25);
  });

  const malformed: [what: string, subrequest: object][] = [
    ['no reference id', { method: 'GET', url: `${base}/sobjects` }],
    ['no method', { url: `${base}/sobjects`, referenceId: 'a' }],
    ['a method in lower case', { method: 'get', url: `${base}/sobjects`, referenceId: 'a' }],
    ['no url', { method: 'GET', referenceId: 'a' }],
    ['a header of its own that all share', get('a', '/sobjects', { httpHeaders: { Accept: '*/*' } })],
  ];
  test.each(malformed)('as a whole where a subrequest has %s', async (_what, subrequest) => {
    const reply = await send([newAccount('fine'), subrequest]);
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
    expect(await namesLike('fine')).toEqual([]);
  });

  test('as a whole where reference ids are repeated, or not of the right form since v52', async () => {
    expect((await send([newAccount('twice'), newAccount('twice')])).status).toBe(400);
    const odd = [newAccount('refNewAccount[1]')];
    expect(await send(odd)).toMatchObject({
      status: 400,
      body: [
        {
          message:
            "Provided referenceId ('refNewAccount[1]') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
          errorCode: 'JSON_PARSER_ERROR',
        },
      ],
    });
    expect(await run(odd, {}, { version: 'v51.0' })).toMatchObject([{ httpStatusCode: 201 }]);
  });
});
