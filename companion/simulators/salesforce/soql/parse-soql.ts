import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { malformed } from './query-error.ts';

const MAX_QUERY_CHARACTERS = 100_000;

/** Reads a query. The simulator supports fewer clauses than SOQL has; the others are refused, never ignored. */
export function parseSoql(text: string): Query {
  if (text.trim() === '') throw ApiError.of(400, 'MALFORMED_QUERY', 'A query is required.');
  if (text.length > MAX_QUERY_CHARACTERS) {
    throw ApiError.of(400, 'QUERY_TOO_COMPLICATED', 'The query is too long.');
  }
  const query = parse(text);
  const unsupported = [query.having, query.usingScope, query.withDataCategory, query.update].some(
    (clause) => clause !== undefined,
  );
  if (unsupported) throw malformed(text, 'FROM', 'The simulator does not support a clause of this query.');
  return query;
}

function parse(text: string): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const word = /found: '([^']*)'/.exec(message)?.[1] ?? /found --> '([^']*)'/.exec(message)?.[1] ?? '';
    const token = word === '' ? '<EOF>' : `'${word}'`;
    throw malformed(text, word === '' ? text : word, `unexpected token: ${token}`);
  }
}
