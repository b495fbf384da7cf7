import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
/** Ids with the times of their last change, several records to a time. */
let stamps: [id: string, stamp: string][];

beforeAll(async () => {
  org = await openSimulator();
  await org.seed(Array.from({ length: 60 }, (_, index) => ({ Name: `Changed ${index}` })));
  const { store } = org.simulator.org;
  stamps = [...store.rows('Account').keys()].map((id, index) => [
    id,
    `2026-01-01T00:00:${String((index * 7) % 10).padStart(2, '0')}.000+0000`,
  ]);
  for (const [id, SystemModstamp] of stamps) store.put('Account', id, { SystemModstamp });
  store.commit();
});
afterAll(() => org.close());

async function listIds(soql: string): Promise<string[]> {
  const rows = await org.rows(soql);
  return rows.map((row) => String(row.Id));
}

function sortByStamp(some: [id: string, stamp: string][]): string[] {
  return some.sort(([a, at], [b, bt]) => (at === bt ? (a < b ? -1 : 1) : at < bt ? -1 : 1)).map(([id]) => id);
}

test('records come in the order of their last change, either way, with the first ones left out as OFFSET asks', async () => {
  const all = sortByStamp([...stamps]);
  expect(await listIds('SELECT Id FROM Account ORDER BY SystemModstamp, Id')).toEqual(all);
  expect(await listIds('SELECT Id FROM Account ORDER BY SystemModstamp DESC, Id DESC LIMIT 15')).toEqual(
    [...all].reverse().slice(0, 15),
  );
  expect(await listIds('SELECT Id FROM Account ORDER BY SystemModstamp, Id LIMIT 15 OFFSET 10')).toEqual(
    all.slice(10, 25),
  );
});

test('pages that go on after the last time and id of the one before give every record once', async () => {
  const found: string[] = [];
  let where = 'SystemModstamp >= 2026-01-01T00:00:02Z';
  for (;;) {
    const page = await listIds(`SELECT Id FROM Account WHERE ${where} ORDER BY SystemModstamp, Id LIMIT 7`);
    found.push(...page);
    const id = page.at(-1);
    if (id === undefined) break;
    const stamp = String(org.simulator.org.store.get('Account', id)?.SystemModstamp).replace(
      '.000+0000',
      'Z',
    );
    where = `SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > '${id}')`;
  }
  expect(found).toEqual(sortByStamp(stamps.filter(([, stamp]) => stamp >= '2026-01-01T00:00:02')));
});

test.each([
  ['SystemModstamp > 2026-01-01T00:00:08Z', (second: number) => second > 8],
  ['SystemModstamp = 2026-01-01T00:00:03Z', (second: number) => second === 3],
  ['NOT SystemModstamp > 2026-01-01T00:00:01Z', (second: number) => second <= 1],
  ["SystemModstamp > 2026-01-01T00:00:08Z OR Name = 'None'", (second: number) => second > 8],
  ["SystemModstamp > 2026-01-01T00:00:08Z OR Name LIKE '%'", () => true],
  ['SystemModstamp > 2026-01-01T00:00:02Z AND SystemModstamp > 2026-01-01T00:00:08Z', (s: number) => s > 8],
])('WHERE %s finds what it says, in the order in which it was made', async (where, isWanted) => {
  const wanted = stamps.filter(([, stamp]) => isWanted(Number(stamp.slice(17, 19)))).map(([id]) => id);
  expect(await listIds(`SELECT Id FROM Account WHERE ${where}`)).toEqual(wanted);
});

test('a short page in the order of change, and a question for the latest changes, read few of the records', async () => {
  const { store } = org.simulator.org;
  const get = jest.spyOn(store, 'get');
  const passOver = jest.spyOn(store.rows('Account'), 'values');
  const read = (): number => get.mock.calls.filter(([table]) => table === 'Account').length;
  await listIds('SELECT Id FROM Account ORDER BY SystemModstamp, Id LIMIT 2');
  await listIds('SELECT Id FROM Account WHERE SystemModstamp >= 2026-01-01T00:00:09Z');
  expect(read()).toBeGreaterThan(0);
  expect(read()).toBeLessThan(stamps.length);
  expect(passOver).not.toHaveBeenCalled();
  get.mockRestore();
  passOver.mockRestore();
});
