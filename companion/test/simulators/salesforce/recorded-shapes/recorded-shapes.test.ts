import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from '../open-simulator.ts';
import { compareShape } from './compare-shape.ts';
import { bulkShapes } from './bulk-shapes.ts';
import { compositeShapes } from './composite-shapes.ts';
import { oauthShapes } from './oauth-shapes.ts';
import { queryShapes } from './query-shapes.ts';
import { recordShapes } from './record-shapes.ts';
import { ruleShapes } from './rule-shapes.ts';
import { schemaShapes } from './schema-shapes.ts';
import { troubleShapes } from './trouble-shapes.ts';

const shapes = [
  ...bulkShapes,
  ...compositeShapes,
  ...oauthShapes,
  ...queryShapes,
  ...recordShapes,
  ...ruleShapes,
  ...schemaShapes,
  ...troubleShapes,
];

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

describe('an answer has the shape that was recorded of a real org', () => {
  test.each(shapes)('$name', async ({ ask, status, headers = {}, body }) => {
    const reply = await ask(org);
    expect({ status: reply.status, differences: compareShape(reply.body, body) }).toEqual({
      status,
      differences: [],
    });
    for (const [name, wanted] of Object.entries(headers)) expect(reply.headers.get(name)).toMatch(wanted);
  });
});
