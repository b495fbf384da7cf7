import type { Expression } from './read-where.ts';

/** A condition, with the keys of the rows that it can be true for at most, where an index tells them. */
export interface Condition<Row> {
  matches: (row: Row) => boolean;
  candidates: string[] | null;
}

type Comparison = Extract<Expression, { kind: 'comparison' }>['comparison'];

/** Compiles a tree of conditions once, so that each row costs little. */
export function combineConditions<Row>(
  expression: Expression,
  compile: (comparison: Comparison) => Condition<Row>,
): Condition<Row> {
  if (expression.kind === 'comparison') return compile(expression.comparison);
  if (expression.kind === 'not') {
    const { matches } = combineConditions(expression.part, compile);
    return { matches: (row) => !matches(row), candidates: null };
  }
  const parts = expression.parts.map((part) => combineConditions(part, compile));
  const tests = parts.map((part) => part.matches);
  const lists = parts.flatMap(({ candidates }) => (candidates === null ? [] : [candidates]));
  if (expression.kind === 'and') {
    const [shortest = null] = lists.sort((a, b) => a.length - b.length);
    return { matches: (row) => tests.every((matches) => matches(row)), candidates: shortest };
  }
  const candidates = lists.length === parts.length ? lists.flat() : null;
  return { matches: (row) => tests.some((matches) => matches(row)), candidates };
}
