import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileTest } from '../../../simulators/salesforce/soql/compile-test.ts';
import { defineField } from '../../../simulators/salesforce/schema/field-definition.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

interface Company {
  Name: string;
  Site: string | null;
  NumberOfEmployees: number | null;
  On_Credit_Hold__c: boolean;
}

type Value = string | number | boolean | null;
type Wanted = (company: Company) => boolean;
/** A condition as SOQL, and what it means. */
interface Clause {
  soql: string;
  wanted: Wanted;
}

const sites = ['a', 'A', 'b', 'ab', 'a_b', '50%', "it's", String.raw`c:\d`, 'é', 'zz top'];
const numbers = [-5, 0, 1, 2, 100];
const companies: Company[] = sites.concat(['', 'b']).flatMap((site, row) =>
  [null, ...numbers].map((number, column) => ({
    Name: `P-${row}-${column}`,
    Site: site || null,
    NumberOfEmployees: number,
    On_Credit_Hold__c: (row + column) % 3 === 0,
  })),
);

beforeAll(async () => {
  org = await openSimulator();
  await org.seed(companies.map((company) => ({ ...company, Sic: 'property' })));
});
afterAll(() => org.close());

const quote = (text: string): string => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
const fold = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);

const compare: Record<string, (left: Value, right: Value) => boolean> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left !== null && right !== null && left < right,
  '<=': (left, right) => left !== null && right !== null && left <= right,
  '>': (left, right) => left !== null && right !== null && left > right,
  '>=': (left, right) => left !== null && right !== null && left >= right,
};

const equality = fc.constantFrom('=', '!=');
const anyOperator = fc.constantFrom(...Object.keys(compare));
const write = (value: Value): string => (typeof value === 'string' ? quote(value) : String(value));

function comparison(field: keyof Company, operator: string, value: Value): Clause {
  return {
    soql: `${field} ${operator} ${write(value)}`,
    wanted: (company) => compare[operator]?.(fold(company[field]), fold(value)) ?? false,
  };
}

function list(operator: 'IN' | 'NOT IN', texts: string[]): Clause {
  const listed = texts.map(fold);
  return {
    soql: `Site ${operator} (${texts.map(quote).join(', ')})`,
    wanted: ({ Site }) => listed.includes(fold(Site)) === (operator === 'IN'),
  };
}

/** LIKE, said in another way than the simulator says it. */
function isLike(text: string, pattern: string[]): boolean {
  const [part, ...rest] = pattern;
  if (part === undefined) return text === '';
  if (part === '%') return isLike(text, rest) || (text !== '' && isLike(text.slice(1), pattern));
  const matches = text !== '' && (part === '_' || text.startsWith(part.replace(/^\\/, '')));
  return matches && isLike(text.slice(1), rest);
}

function like(parts: string[]): Clause {
  return {
    soql: `Site LIKE '${parts.join('')}'`,
    wanted: ({ Site }) => Site !== null && isLike(Site.toLowerCase(), parts),
  };
}

const leaf = fc.oneof(
  fc
    .tuple(anyOperator, fc.constantFrom(...numbers))
    .map(([op, value]) => comparison('NumberOfEmployees', op, value)),
  fc.tuple(anyOperator, fc.constantFrom(...sites)).map(([op, value]) => comparison('Site', op, value)),
  fc.tuple(equality, fc.boolean()).map(([op, value]) => comparison('On_Credit_Hold__c', op, value)),
  fc
    .tuple(equality, fc.constantFrom('Site' as const, 'NumberOfEmployees' as const))
    .map(([op, field]) => comparison(field, op, null)),
  fc
    .tuple(fc.constantFrom('IN' as const, 'NOT IN' as const), fc.subarray(sites, { minLength: 1 }))
    .map(([op, texts]) => list(op, texts)),
  fc
    .array(fc.constantFrom('%', '_', String.raw`\%`, String.raw`\_`, 'a', 'b'), {
      minLength: 1,
      maxLength: 4,
    })
    .map(like),
);

const { tree } = fc.letrec<{ tree: Clause }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('tree').map(({ soql, wanted }) => ({
      soql: `(NOT (${soql}))`,
      wanted: (row: Company) => !wanted(row),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      soql: `(${a.soql} AND ${b.soql})`,
      wanted: (row: Company) => a.wanted(row) && b.wanted(row),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      soql: `(${a.soql} OR ${b.soql})`,
      wanted: (row: Company) => a.wanted(row) || b.wanted(row),
    })),
  ),
}));

// Three of them in a row are refused; see the next test.
const readable = tree.filter(({ soql }) => !/NOT \(+NOT \(+NOT/.test(soql));

test('a WHERE clause finds the rows that a plain predicate does', async () => {
  await fc.assert(
    fc.asyncProperty(readable, async ({ soql, wanted }) => {
      const rows = await org.rows(`SELECT Name FROM Account WHERE Sic = 'property' AND ${soql}`);
      expect(rows.map((row) => row.Name)).toEqual(companies.filter(wanted).map(({ Name }) => Name));
    }),
    { numRuns: 200 },
  );
});

test('what the parser cannot read is refused rather than misread', async () => {
  const soql = encodeURIComponent("SELECT Id FROM Account WHERE (NOT ((NOT ((NOT (Site = 'a'))))))");
  expect(await org.call(`/query?q=${soql}`)).toMatchObject({
    status: 400,
    body: [{ errorCode: 'MALFORMED_QUERY' }],
  });
});

const criterion = fc.record({
  field: fc.constantFrom('Site' as const, 'NumberOfEmployees' as const),
  direction: fc.constantFrom('', 'ASC', 'DESC'),
  nulls: fc.constantFrom('', 'NULLS FIRST', 'NULLS LAST'),
});
type Criterion = typeof criterion extends fc.Arbitrary<infer Shape> ? Shape : never;

function order(left: Company, right: Company, { field, direction, nulls }: Criterion): number {
  const [a, b] = [fold(left[field]), fold(right[field])];
  if (a === b) return 0;
  if (a === null || b === null) return (a === null) === (nulls !== 'NULLS LAST') ? -1 : 1;
  return a < b === (direction !== 'DESC') ? -1 : 1;
}

test('ORDER BY sorts by each criterion in turn, with blanks where they belong', async () => {
  const criteria = fc.array(criterion, { minLength: 1, maxLength: 2 });
  const byName = new Map(companies.map((company) => [company.Name, company]));
  await fc.assert(
    fc.asyncProperty(criteria, fc.integer({ min: 1, max: 80 }), async (by, limit) => {
      const clause = by.map(({ field, direction, nulls }) => `${field} ${direction} ${nulls}`).join(', ');
      const rows = await org.rows(
        `SELECT Name FROM Account WHERE Sic = 'property' ORDER BY ${clause} LIMIT ${limit}`,
      );
      const sorted = companies.toSorted((a, b) => by.map((each) => order(a, b, each)).find(Boolean) ?? 0);
      const found = rows.flatMap((row) => byName.get(String(row.Name)) ?? []);
      expect(found.map(({ Name }) => Name)).toEqual(sorted.slice(0, limit).map(({ Name }) => Name));
    }),
    { numRuns: 60 },
  );
});

test('INCLUDES finds one of the combinations, EXCLUDES none', () => {
  const field = defineField('Colours__c', 'Colours', 'multipicklist');
  const choices = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  fc.assert(
    fc.property(choices, fc.array(choices, { minLength: 1, maxLength: 3 }), (chosen, combinations) => {
      const literals = combinations.map((some) => ({ kind: 'value' as const, value: some.join(';') }));
      const expected = combinations.some((some) => some.every((choice) => chosen.includes(choice)));
      const value = chosen.join(';');
      expect(compileTest(field, 'INCLUDES', literals)?.(value)).toBe(expected);
      expect(compileTest(field, 'EXCLUDES', literals)?.(value)).toBe(!expected);
      expect(compileTest(field, 'EXCLUDES', literals)?.(null)).toBe(true);
    }),
  );
});
