import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const base = '/services/data/v66.0';
const post = (path: string, body: object): Promise<Reply> =>
  org.call(path, { method: 'POST', user: 'admin', body });
const countNamed = async (start: string): Promise<number> =>
  (await org.rows(`SELECT Id FROM Account WHERE Name LIKE '${start}%'`)).length;

describe('composite graphs', () => {
  interface GraphAnswer {
    graphId: string;
    isSuccessful: boolean;
    graphResponse: { compositeResponse: { httpStatusCode: number; body: unknown }[] };
  }
  const node = (referenceId: string, body: object, object = 'Account', version = 'v66.0') => ({
    method: 'POST',
    url: `/services/data/${version}/sobjects/${object}/`,
    referenceId,
    body,
  });
  const graph = (graphId: string, ...compositeRequest: object[]) => ({ graphId, compositeRequest });
  const send = (graphs: object[]) => post('/composite/graph', { graphs });
  const run = async (graphs: object[]) => {
    const reply = await send(graphs);
    expect(reply.status).toBe(200);
    return (reply.body as { graphs: GraphAnswer[] }).graphs;
  };

  test('are kept as wholes: one that fails leaves nothing, and the others stay', async () => {
    const answers = await run([
      graph(
        'fine',
        node('acc', { Name: 'Kept' }),
        node('con', { LastName: 'Kept', AccountId: '@{acc.id}' }, 'Contact'),
      ),
      graph('broken', node('lost', { Name: 'Lost' }), node('bad', {})),
    ]);
    expect(answers).toMatchObject([
      {
        graphId: 'fine',
        isSuccessful: true,
        graphResponse: { compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 201 }] },
      },
      {
        graphId: 'broken',
        isSuccessful: false,
        graphResponse: {
          compositeResponse: [
            { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
            { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
          ],
        },
      },
    ]);
    expect([await countNamed('Kept'), await countNamed('Lost')]).toEqual([1, 0]);
  });

  test('after 14 that failed the rest is not worked on', async () => {
    const failing = Array.from({ length: 15 }, (_, index) => graph(`f${index}`, node('n', {})));
    const answers = await run([...failing, graph('last', node('n', { Name: 'Never' }))]);
    const codes = answers.map(
      ({ graphResponse }) =>
        (graphResponse.compositeResponse[0]?.body as { errorCode: string }[])[0]?.errorCode,
    );
    expect(codes.slice(0, 14)).toEqual(Array(14).fill('REQUIRED_FIELD_MISSING'));
    expect(codes.slice(14)).toEqual(['PROCESSING_HALTED', 'PROCESSING_HALTED']);
    expect(await countNamed('Never')).toBe(0);
  });

  const chain = (length: number) =>
    Array.from({ length }, (_, index) =>
      node(`n${index}`, { Name: index === 0 ? 'Root' : `@{n${index - 1}.id}` }),
    );
  const versions = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      node(`n${index}`, { Name: 'V' }, 'Account', `v${50 + index}.0`),
    );
  const nodes = (count: number) =>
    Array.from({ length: count }, (_, index) => node(`n${index}`, { Name: 'N' }));
  const limits: [what: string, fits: object[], tooMany: object[]][] = [
    [
      '75 graphs',
      Array.from({ length: 75 }, (_, i) => graph(`g${i}`)),
      Array.from({ length: 76 }, (_, i) => graph(`g${i}`)),
    ],
    ['500 nodes', [graph('g', ...nodes(500))], [graph('g', ...nodes(250)), graph('h', ...nodes(251))]],
    ['a depth of 15', [graph('g', ...chain(15))], [graph('g', ...chain(16))]],
    ['15 different nodes', [graph('g', ...versions(15))], [graph('g', ...versions(16))]],
  ];
  test.each(limits)('may have %s and no more', async (_what, fits, tooMany) => {
    expect((await send(fits)).status).toBe(200);
    expect(await send(tooMany)).toMatchObject({ status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] });
  });

  test('take single records only, and ids that are unique', async () => {
    const query = { method: 'GET', url: `${base}/query?q=SELECT+Id+FROM+Account`, referenceId: 'q' };
    expect(await run([graph('g', query)])).toMatchObject([{ isSuccessful: false }]);
    expect((await send([graph('g'), graph('g')])).status).toBe(400);
  });
});

describe('a composite batch', () => {
  const create = (body: object) => ({ method: 'POST', url: 'v66.0/sobjects/Account', richInput: body });

  test('works on requests that know nothing of one another', async () => {
    const reply = await post('/composite/batch', {
      batchRequests: [
        create({ Name: 'Batched' }),
        create({}),
        { method: 'GET', url: 'v66.0/query/?q=SELECT+Name+FROM+Account+WHERE+Name=%27Batched%27' },
      ],
    });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        hasErrors: true,
        results: [
          { statusCode: 201, result: { success: true } },
          { statusCode: 400, result: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
          { statusCode: 200, result: { totalSize: 1, records: [{ Name: 'Batched' }] } },
        ],
      },
    });
  });

  test('with haltOnError answers 412 for all after the first failure, and keeps what was before', async () => {
    const batchRequests = [create({ Name: 'Before' }), create({}), create({ Name: 'After' })];
    const reply = await post('/composite/batch', { haltOnError: true, batchRequests });
    expect(reply.body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 201 },
        { statusCode: 400 },
        { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] },
      ],
    });
    expect([await countNamed('Before'), await countNamed('After')]).toEqual([1, 0]);
  });

  test('has no errors where all went well, and null for an answer without a body', async () => {
    const [id = ''] = await org.seed([{ Name: 'Patched' }]);
    const update = { method: 'PATCH', url: `v60.0/sobjects/Account/${id}`, richInput: { Phone: '1' } };
    const reply = await post('/composite/batch', { batchRequests: [update] });
    expect(reply.body).toEqual({ hasErrors: false, results: [{ statusCode: 204, result: null }] });
  });

  const wrong: [what: string, batchRequests: object[]][] = [
    ['more than 25 requests', Array.from({ length: 26 }, () => ({ method: 'GET', url: 'v66.0/limits' }))],
    ['a url that begins at the host', [{ method: 'GET', url: '/services/data/v66.0/limits' }]],
    ['a url of a later version', [{ method: 'GET', url: 'v67.0/limits' }]],
    ['a composite request', [{ method: 'POST', url: 'v66.0/composite', richInput: {} }]],
    ['no method', [{ url: 'v66.0/limits' }]],
  ];
  test.each(wrong)('is refused as a whole with %s', async (_what, batchRequests) => {
    const good = create({ Name: 'Untouched' });
    const reply = await post('/composite/batch', { batchRequests: [good, ...batchRequests].slice(-26) });
    expect(reply.status).toBe(400);
    expect(await countNamed('Untouched')).toBe(0);
  });
});

describe('an sObject tree', () => {
  const record = (referenceId: string, fields: object, type = 'Account') => ({
    attributes: { type, referenceId },
    ...fields,
  });
  const contact = (referenceId: string, fields: object) => record(referenceId, fields, 'Contact');
  const send = (records: object[]) => post('/composite/tree/Account', { records });

  test('creates records with their children, and answers level by level', async () => {
    const reply = await send([
      record('a1', { Name: 'Tree 1', Contacts: { records: [contact('c1', { LastName: 'Leaf' })] } }),
      record('a2', { Name: 'Tree 2' }),
    ]);
    expect(reply).toMatchObject({ status: 201, body: { hasErrors: false } });
    const { results } = reply.body as { results: { referenceId: string; id: string }[] };
    expect(results.map((result) => result.referenceId)).toEqual(['a1', 'a2', 'c1']);
    const [leaf] = await org.rows("SELECT AccountId FROM Contact WHERE LastName = 'Leaf'");
    expect(leaf?.AccountId).toBe(results[0]?.id);
  });

  test('creates nothing where one record fails, and answers that one alone', async () => {
    const reply = await send([
      record('a1', {
        Name: 'Tree 1',
        Contacts: { records: [contact('c1', {}), contact('c2', { LastName: 'x' })] },
      }),
    ]);
    expect(reply).toEqual({
      status: 400,
      headers: expect.anything(),
      body: {
        hasErrors: true,
        results: [
          {
            referenceId: 'c1',
            errors: [
              {
                statusCode: 'REQUIRED_FIELD_MISSING',
                message: 'Required fields are missing: [LastName]',
                fields: ['LastName'],
              },
            ],
          },
        ],
      },
    });
    expect(await countNamed('Tree')).toBe(0);
  });

  test('answers a record with an unknown column by its reference', async () => {
    const reply = await send([record('a1', { Name: 'Tree 1' }), record('a2', { Nope__c: 1 })]);
    const message = "No such column 'Nope__c' on sobject of type Account";
    const errors = [{ statusCode: 'INVALID_FIELD', message, fields: [] }];
    expect(reply).toMatchObject({ status: 400, body: { results: [{ referenceId: 'a2', errors }] } });
    expect(await countNamed('Tree')).toBe(0);
  });

  test('reports every instance of a repeated reference id, and refuses records without one', async () => {
    const error = {
      statusCode: 'INVALID_INPUT',
      message: 'Duplicate ReferenceId provided in the request.',
      fields: [],
    };
    const reply = await send([record('same', { Name: 'T' }), record('same', { Name: 'T' })]);
    const row = { referenceId: 'same', errors: [error] };
    expect(reply).toMatchObject({ status: 400, body: { hasErrors: true, results: [row, row] } });
    const without = await send([{ attributes: { type: 'Account' }, Name: 'T' }]);
    const message = 'Include a reference ID for each record in the request.';
    expect(without.body).toEqual([{ message, errorCode: 'INVALID_INPUT' }]);
  });

  test('takes 200 records and no more, all of the object that the address names', async () => {
    const many = Array.from({ length: 201 }, (_, index) => record(`r${index}`, { Name: `Many ${index}` }));
    expect((await send(many)).status).toBe(400);
    expect((await send(many.slice(1))).status).toBe(201);
    expect(await countNamed('Many')).toBe(200);
    expect((await send([contact('c', { LastName: 'x' })])).status).toBe(400);
  });
});

test('the composite resources are listed', async () => {
  const { body } = await org.call('/composite');
  expect(body).toEqual({
    tree: `${base}/composite/tree`,
    batch: `${base}/composite/batch`,
    sobjects: `${base}/composite/sobjects`,
    graph: `${base}/composite/graph`,
  });
});
