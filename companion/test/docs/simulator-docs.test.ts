import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serveControlApi } from '../../simulators/salesforce/control/serve-control-api.ts';
import { matchShape } from '../../simulators/salesforce/faults/fault-match.ts';
import { faultShape } from '../../simulators/salesforce/faults/fault-shape.ts';
import { apiFamilies } from '../../simulators/salesforce/http/api-families.ts';
import { appShape } from '../../simulators/salesforce/oauth/app.ts';
import { standingChange } from '../../simulators/salesforce/oauth/user-standing.ts';
import { defaultSettings } from '../../simulators/salesforce/org/settings.ts';
import { conditionShape } from '../../simulators/salesforce/write/rule-conditions.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import { listRoutes } from './list-routes.ts';
import { readCode, readPage, readRows, type Row } from './markdown-tables.ts';

const page = readPage('simulator-control.md');
const names = (rows: Row[], column: string): string[] => rows.flatMap((row) => readCode(row[column])).sort();
const keys = (shape: object): string[] => Object.keys(shape).sort();

/** Defaults by name; a default that is no JSON is told in words. */
function defaults(rows: Row[], column: string): Record<string, unknown> {
  const code = (row: Row): string => readCode(row.default)[0] ?? 'null';
  const entries = rows.map((row): [string, unknown] => [
    readCode(row[column])[0] ?? '',
    JSON.parse(code(row)),
  ]);
  return Object.fromEntries(entries);
}

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

describe('the page of the control API', () => {
  test('names every call, and no other', () => {
    expect(names(readRows(page, 'call'), 'call')).toEqual(
      listRoutes(serveControlApi(org.simulator.org), '/_simulator').sort(),
    );
  });

  test('names every setting with its default, and no other', () => {
    expect(defaults(readRows(page, 'setting'), 'setting')).toEqual(defaultSettings);
  });

  test('names every condition of a rule', () => {
    const conditions = /\*\*Conditions\*\*: ([^.]*)\./.exec(page)?.[1];
    expect(readCode(conditions).sort()).toEqual(keys(conditionShape));
  });

  test('names every fault with all that it takes, and no other', () => {
    const documented = readRows(page, 'fault').map((row) => [
      readCode(row.fault)[0],
      readCode(row.takes).sort(),
    ]);
    const common = ['match', 'fault', 'times', 'afterWork'];
    const known = faultShape.options.map(({ shape }) => [
      shape.fault.value,
      keys(shape).filter((key) => !common.includes(key)),
    ]);
    expect(documented.sort()).toEqual(known.sort());
  });

  test('tells which faults can come after the work', () => {
    const after = faultShape.options.filter(({ shape }) => 'afterWork' in shape);
    expect(names(readRows(page, 'fault', 'In place of the answer'), 'fault')).toEqual(
      after.map(({ shape }) => shape.fault.value).sort(),
    );
  });

  test('names all that a fault can be matched with', () => {
    const rows = readRows(page, 'match');
    expect(names(rows, 'match')).toEqual(keys(matchShape.def.innerType.shape));
    const parts = rows.filter(({ match }) => match === '`api`');
    expect(names(parts, 'meaning')).toEqual([...apiFamilies].sort());
  });

  test('names every property of an app with its default', () => {
    const { clientId, ...others } = defaults(readRows(page, 'property', 'An app'), 'property');
    expect(clientId).toBeNull();
    expect({ clientId: 'any', ...others }).toEqual(appShape.parse({ clientId: 'any' }));
  });

  test('names all that can happen to a user', () => {
    expect(names(readRows(page, 'property', 'A user'), 'property')).toEqual(keys(standingChange.shape));
  });

  const call = /^curl (?:-X (\w+) )?localhost:3002\/_simulator(\S+)(?: -d '([^']*)')?$/gm;
  const examples = [...page.matchAll(call)].map(([, method = 'GET', path = '', body]) => ({
    method,
    path,
    body: body === undefined ? undefined : (JSON.parse(body) as unknown),
  }));

  test.each(examples)('has an example that works: $method $path', async ({ method, path, body }) => {
    expect(await org.control(method, path, body)).toMatchObject({ status: 200 });
  });
});
