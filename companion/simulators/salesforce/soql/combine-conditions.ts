import type { Expression } from './read-where.ts';

/** A condition, with the keys of the rows that it can be true for at most, where an index tells them. */
export interface Condition<Row> {
  matches: (row: Row) => boolean;
  candidates: string[] | null;
  /** Rows that were last changed before this time cannot meet it; null where it says nothing of the kind. */
  changedSince: string | null;
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
    return { matches: (row) => !matches(row), candidates: null, changedSince: null };
  }
  const parts = expression.parts.map((part) => combineConditions(part, compile));
  const tests = parts.map((part) => part.matches);
  const lists = parts.flatMap(({ candidates }) => (candidates === null ? [] : [candidates]));
  const times = parts.flatMap(({ changedSince }) => changedSince ?? []).sort();
  if (expression.kind === 'and') {
    const [shortest = null] = lists.sort((a, b) => a.length - b.length);
    const matches = (row: Row): boolean => tests.every((test) => test(row));
    return { matches, candidates: shortest, changedSince: times.at(-1) ?? null };
  }
  const candidates = lists.length === parts.length ? lists.flat() : null;
  const changedSince = times.length === parts.length ? (times[0] ?? null) : null;
  return { matches: (row) => tests.some((matches) => matches(row)), candidates, changedSince };
}
