import type { Predicate } from './compile-filter.ts';
import { ReportError } from './report-error.ts';

/** Joins filters as the logic says, such as `1 AND (2 OR 3)`; without logic all of them must hold. */
export function joinFilters(filters: readonly Predicate[], logic: string | undefined): Predicate {
  if (logic === undefined || logic === '') return (row) => filters.every((filter) => filter(row));
  const tokens = logic.toUpperCase().match(/\d+|AND|OR|NOT|[()]|\S+/g) ?? [];
  const used = new Set(tokens.filter((token) => /^\d+$/.test(token)).map(Number));
  const unused = filters.findIndex((_, index) => !used.has(index + 1));
  if (unused >= 0) throw new ReportError(`The filter logic ${logic} does not use filter ${unused + 1}.`);
  const fail = (): never => {
    throw new ReportError(
      `The filter logic ${logic} cannot be read. AND and OR side by side need parentheses.`,
    );
  };
  const predicate = readChain();
  if (tokens.length > 0) fail();
  return predicate;

  function readChain(): Predicate {
    const parts = [readOne()];
    const operator = tokens[0];
    while (operator !== undefined && (tokens[0] === 'AND' || tokens[0] === 'OR')) {
      if (tokens.shift() !== operator) fail();
      parts.push(readOne());
    }
    return operator === 'OR'
      ? (row) => parts.some((part) => part(row))
      : (row) => parts.every((part) => part(row));
  }

  function readOne(): Predicate {
    const token = tokens.shift() ?? '';
    if (token === 'NOT') {
      const part = readOne();
      return (row) => !part(row);
    }
    if (token === '(') {
      const inner = readChain();
      if (tokens.shift() !== ')') fail();
      return inner;
    }
    return filters[Number(token) - 1] ?? fail();
  }
}
