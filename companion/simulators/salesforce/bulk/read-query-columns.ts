import type { Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { parseSoql } from '../soql/parse-soql.ts';

/** The columns that a query job's CSV has. What CSV cannot hold is refused, as Bulk API 2.0 does. */
export function readQueryColumns(text: string): string[] {
  const query = parseSoql(text);
  const fields = query.fields ?? [];
  if (fields.some((field) => field.type === 'FieldSubquery')) {
    throw unsupported('Aggregate Relationships not supported in Bulk V2 Query with CSV content type');
  }
  if (fields.some((field) => field.type === 'FieldTypeof')) {
    throw unsupported('TYPEOF not supported in Bulk Query');
  }
  if (query.groupBy !== undefined || fields.some((field) => field.type === 'FieldFunctionExpression')) {
    throw unsupported('Aggregate functions and GROUP BY not supported in Bulk Query');
  }
  if (query.offset !== undefined) throw unsupported('OFFSET not supported in Bulk Query');
  return fields.map((field) => readColumn(query, field)).filter((column) => column !== '');
}

function readColumn(query: Query, field: NonNullable<Query['fields']>[number]): string {
  if (field.type === 'Field') return field.field;
  if (field.type !== 'FieldRelationship') return '';
  const path = [...field.relationships, field.field];
  const own = [query.sObject, query.sObjectAlias].map((name) => name?.toLowerCase());
  return (own.includes(path[0]?.toLowerCase()) ? path.slice(1) : path).join('.');
}

function unsupported(message: string): ApiError {
  return ApiError.of(400, 'API_ERROR', message);
}
