import type { FieldType, QueryBase } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { malformed } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';

const MOST_ROWS_OF_ALL_FIELDS = 200;

/** The SELECT list with the fields that `FIELDS(ALL)`, `FIELDS(STANDARD)` and `FIELDS(CUSTOM)` stand for. */
export function expandFields(scope: QueryScope, query: QueryBase): FieldType[] {
  const fields = query.fields ?? [];
  if (!fields.some((field) => readGroup(field) !== null)) return fields;
  if (query.groupBy !== undefined) {
    const message = 'The SOQL FIELDS function is not supported with GROUP BY';
    throw malformed(scope.query, 'FIELDS', message);
  }
  return fields.flatMap((field) => {
    const group = readGroup(field);
    return group === null ? field : listFields(scope, query, group);
  });
}

function readGroup(field: FieldType): string | null {
  if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') return null;
  const [group] = field.parameters;
  return typeof group === 'string' ? group.toUpperCase() : null;
}

function listFields(scope: QueryScope, query: QueryBase, group: string): FieldType[] {
  const isBounded = query.limit !== undefined && query.limit <= MOST_ROWS_OF_ALL_FIELDS;
  if (group !== 'STANDARD' && !isBounded) {
    const message = `The SOQL FIELDS function must have a LIMIT of at most ${MOST_ROWS_OF_ALL_FIELDS}`;
    throw ApiError.of(400, 'MALFORMED_QUERY', message);
  }
  return [...scope.object.fields.values()]
    .filter((field) => group === 'ALL' || field.custom === (group === 'CUSTOM'))
    .map((field) => ({ type: 'Field', field: field.name }));
}
