import { ApiError } from '../http/api-error.ts';
import type { Condition, ConditionWithValueQuery, Operator, WhereClause } from '@jetstreamapp/soql-parser-js';

type Comparison = Exclude<ConditionWithValueQuery, { openParen: number; field?: never; fn?: never }>;

/** A WHERE clause as a tree; the parser gives it as a chain with parentheses on its links. */
export type Expression =
  | { kind: 'and' | 'or'; parts: Expression[] }
  | { kind: 'not'; part: Expression }
  | { kind: 'comparison'; comparison: Comparison };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { comparison: Comparison };

/** Reads the chain into a tree, with NOT before AND before OR. */
export function readWhere(where: WhereClause): Expression {
  const tokens = [...flatten(where)];
  const expression = readOr(tokens);
  // The parser loses a NOT that directly follows two others and a parenthesis; its parentheses then do not match.
  if (tokens.length > 0) {
    throw ApiError.of(400, 'MALFORMED_QUERY', 'The simulator cannot read a NOT within a NOT within a NOT.');
  }
  return expression;
}

function* flatten(where: WhereClause): Generator<Token> {
  const { left } = where;
  if (left !== null) yield* repeat('(', left.openParen);
  if (left !== null && isComparison(left)) {
    yield { comparison: { ...left, operator: upperCase(left.operator) } };
    yield* repeat(')', left.closeParen);
  }
  if (!('operator' in where)) return;
  yield where.operator;
  yield* flatten(where.right);
}

/** The parser gives LIKE as the query writes it, and all other operators in capitals. */
function upperCase(operator: Operator): Operator {
  return operator.toUpperCase() as Operator;
}

function* repeat(parenthesis: '(' | ')', times = 0): Generator<Token> {
  for (let count = 0; count < times; count += 1) yield parenthesis;
}

function isComparison(left: Condition | ConditionWithValueQuery): left is Comparison {
  return 'field' in left || 'fn' in left;
}

function readOr(tokens: Token[]): Expression {
  const expression = readChain(tokens, 'OR', (rest) => readChain(rest, 'AND', readOne));
  return expression.kind === 'or' ? joinEqualities(expression.parts) : expression;
}

/** `A = 'x' OR A = 'y'` is `A IN ('x', 'y')`, which costs no more for a thousand values than for one. */
function joinEqualities(parts: readonly Expression[]): Expression {
  const lists = new Map<string, ListComparison>();
  const joined: Expression[] = [];
  for (const part of parts) {
    const comparison = part.kind === 'comparison' ? part.comparison : null;
    if (comparison === null || !isTextEquality(comparison)) {
      joined.push(part);
      continue;
    }
    const { field, value } = comparison;
    const list = lists.get(field);
    if (list !== undefined) {
      list.value.push(value);
      continue;
    }
    const first: ListComparison = { field, operator: 'IN', value: [value], literalType: 'STRING' };
    lists.set(field, first);
    joined.push({ kind: 'comparison', comparison: first });
  }
  const [only, second] = joined;
  return only !== undefined && second === undefined ? only : { kind: 'or', parts: joined };
}

interface ListComparison {
  field: string;
  operator: 'IN';
  value: string[];
  literalType: 'STRING';
}

function isTextEquality(comparison: Comparison): comparison is Comparison & { field: string; value: string } {
  if (!('field' in comparison) || !('value' in comparison)) return false;
  const { operator, literalType, value } = comparison;
  return operator === '=' && literalType === 'STRING' && typeof value === 'string';
}

function readChain(
  tokens: Token[],
  operator: 'AND' | 'OR',
  readPart: (tokens: Token[]) => Expression,
): Expression {
  const first = readPart(tokens);
  const parts = [first];
  while (tokens[0] === operator) {
    tokens.shift();
    parts.push(readPart(tokens));
  }
  return parts.length === 1 ? first : { kind: operator === 'AND' ? 'and' : 'or', parts };
}

function readOne(tokens: Token[]): Expression {
  const token = tokens.shift();
  if (token === 'NOT') return { kind: 'not', part: readOne(tokens) };
  if (token === '(') {
    const inner = readOr(tokens);
    tokens.shift();
    return inner;
  }
  if (typeof token === 'object') return { kind: 'comparison', ...token };
  throw new Error('The parser gave a WHERE clause without a comparison where one must be.');
}
