import type { Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import type { QueryScope } from './query-scope.ts';
import type { Expression } from './read-where.ts';
import { resolvePath } from './resolve-path.ts';

const MAX_SEMI_JOINS = 2;

/** Refuses queries after IN where the platform does not take them. */
export function checkSemiJoins(scope: QueryScope, expression: Expression): void {
  if (expression.kind === 'comparison') return check(scope, expression);
  if (!listSemiJoins(expression).length) return;
  if (expression.kind === 'or') throw refuse("Semi join sub-selects are not allowed with the 'OR' operator");
  if (expression.kind === 'not')
    throw refuse("Semi join sub-selects are not allowed with the 'NOT' operator");
  if (listSemiJoins(expression).length > MAX_SEMI_JOINS) {
    const message = `maximum semi-join sub-selects allowed is ${MAX_SEMI_JOINS}`;
    throw ApiError.of(400, 'EXCEEDED_MAX_SEMIJOIN_SUBSELECTS', message);
  }
  for (const part of expression.parts) {
    if (part.kind === 'comparison') check(scope, part);
    else if (listSemiJoins(part).length > 0) {
      const place = 'only allowed at the top level WHERE expressions and not in nested WHERE expressions.';
      throw refuse(`Semi join sub-selects are ${place}`);
    }
  }
}

function listSemiJoins(expression: Expression): Query[] {
  if (expression.kind === 'not') return listSemiJoins(expression.part);
  if (expression.kind !== 'comparison') return expression.parts.flatMap(listSemiJoins);
  return 'valueQuery' in expression.comparison ? [expression.comparison.valueQuery] : [];
}

function refuse(message: string): ApiError {
  return ApiError.of(400, 'MALFORMED_QUERY', message);
}

/** What is looked up and what is looked for must be ids of the same kind of record. */
function check(scope: QueryScope, { comparison }: Extract<Expression, { kind: 'comparison' }>): void {
  if (!('valueQuery' in comparison)) return;
  const { valueQuery: inner } = comparison;
  const [column, another] = inner.fields ?? [];
  const object = scope.access.get((inner.sObject ?? '').toLowerCase());
  const isPath = column?.type === 'Field' || column?.type === 'FieldRelationship';
  if (another !== undefined || !isPath)
    throw refuse('The inner select of a semi join must select exactly one field');
  if ([inner.limit, inner.orderBy, inner.groupBy, inner.offset].some((part) => part !== undefined))
    throw refuse('The inner select of a semi join cannot have LIMIT, OFFSET, ORDER BY or GROUP BY');
  if (object === undefined) return;
  if (object === scope.object)
    throw refuse('The inner and outer selects should not be on the same object type');
  const outerField = resolvePath(scope, comparison.field, 'WHERE').field;
  const name = column.type === 'Field' ? column.field : [...column.relationships, column.field].join('.');
  const innerField = resolvePath({ ...scope, object, alias: inner.sObjectAlias }, name, 'WHERE').field;
  const outerTargets = outerField.type === 'id' ? [scope.object.schema.name] : outerField.referenceTo;
  const innerTargets = innerField.type === 'id' ? [object.schema.name] : innerField.referenceTo;
  if (outerTargets.length > 0 && outerTargets.some((target) => innerTargets.includes(target))) return;
  throw refuse(
    `The selected field '${innerField.name}' in the subquery and the left operand field in the where expression ` +
      `in the outer query '${outerField.name}' should point to the same object type`,
  );
}
