import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from '../open-simulator.ts';
import { marks, type RecordedField } from './recorded-field.ts';
import { recordedObjects } from './recorded-fields.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

type Described = Record<string, unknown> & { name: string };

function readFacts(field: Described): RecordedField {
  const held: string[] = marks.filter((mark) => field[mark] === true);
  if (field.filterable === false) held.push('unfilterable');
  if (field.sortable === false) held.push('unsortable');
  const size = (name: string): number => Number(field[name]);
  return [
    field.name,
    String(field.type),
    size('length'),
    size('byteLength'),
    size('precision'),
    size('scale'),
    size('digits'),
    held.sort().join(' '),
  ];
}

describe.each(recordedObjects)('every recorded field of $kind', ({ object, settings, fields }) => {
  let described: Map<string, Described>;

  beforeAll(async () => {
    await org.control('POST', '/reset');
    await org.control('PUT', '/settings', settings);
    const reply = await org.call(`/sobjects/${object}/describe`, { user: 'admin' });
    described = new Map((reply.body as { fields: Described[] }).fields.map((field) => [field.name, field]));
  });

  test.each(fields)('%s is described as it was recorded', (...recorded) => {
    const field = described.get(recorded[0]);
    const sorted = recorded[7].split(' ').sort().join(' ');
    expect(field === undefined ? null : readFacts(field)).toEqual([...recorded.slice(0, 7), sorted]);
  });
});
