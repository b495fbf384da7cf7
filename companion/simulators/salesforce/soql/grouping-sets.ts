import type { GroupByClause } from '@jetstreamapp/soql-parser-js';
import { compileComparable, compileOperand, type Operand, type ReadValue } from './compile-operand.ts';
import { isGroupable } from './field-abilities.ts';
import { malformed, pointAt } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';

const MOST_ROLLED_UP_FIELDS = 3;

/** Something that records are grouped by. */
export interface GroupKey {
  /** How the query names it, in lower case: `calendar_year(createddate)`. */
  id: string;
  operand: Operand;
  /** What makes a group: texts that differ in case only are in one. */
  key: ReadValue;
}

/** What records are grouped by, and by which of these at a time: once by all, and again for each subtotal. */
export interface Grouping {
  keys: GroupKey[];
  sets: GroupKey[][];
}

/** Compiles GROUP BY, with ROLLUP and CUBE. */
export function compileGrouping(scope: QueryScope, groupBy: GroupByClause | GroupByClause[] = []): Grouping {
  const [first, ...others] = [groupBy].flat();
  if (first === undefined) return { keys: [], sets: [[]] };
  const kind = 'fn' in first ? (first.fn.functionName ?? '').toUpperCase() : '';
  if (kind !== 'ROLLUP' && kind !== 'CUBE') {
    const keys = [first, ...others].map((clause) => compileKey(scope, clause));
    return { keys, sets: [keys] };
  }
  const parameters = 'fn' in first ? (first.fn.parameters ?? []) : [];
  if (others.length > 0 || parameters.length > MOST_ROLLED_UP_FIELDS) {
    const message = `GROUP BY ${kind} takes at most ${MOST_ROLLED_UP_FIELDS} fields and nothing beside it`;
    throw malformed(scope.query, kind, message, 'GROUP BY');
  }
  const keys = parameters.map((parameter) =>
    compileKey(scope, typeof parameter === 'string' ? { field: parameter } : { fn: parameter }),
  );
  return { keys, sets: kind === 'ROLLUP' ? rollUp(keys) : cube(keys) };
}

function rollUp(keys: GroupKey[]): GroupKey[][] {
  return [keys, ...keys.map((_, dropped) => keys.slice(0, keys.length - 1 - dropped))];
}

function cube(keys: GroupKey[]): GroupKey[][] {
  const [first, ...others] = keys;
  if (first === undefined) return [[]];
  const rest = cube(others);
  return [...rest.map((set) => [first, ...set]), ...rest];
}

function compileKey(scope: QueryScope, clause: GroupByClause): GroupKey {
  const operand = compileOperand(scope, clause, 'GROUP BY');
  if (operand.path !== null && !isGroupable(operand.field)) {
    const word = 'field' in clause ? clause.field : operand.name;
    const message = `field '${operand.name}' can not be grouped in a query call`;
    throw pointAt(scope.query, word, 'INVALID_FIELD', message, 'GROUP BY');
  }
  const id = identify(scope, 'field' in clause ? clause.field : (clause.fn.rawValue ?? ''));
  return { id, operand, key: compileComparable(operand) };
}

/** One name for what can be written in several ways: `a.Name` and `name` in `FROM Account a`. */
export function identify(scope: QueryScope, text: string): string {
  const plain = text.replace(/\s+/g, '').toLowerCase();
  const own = [scope.alias, scope.object.schema.name].flatMap((name) => name?.toLowerCase() ?? []);
  return plain.replace(/(^|\()(\w+)\./, (whole, before: string, prefix: string) =>
    own.includes(prefix) ? before : whole,
  );
}
