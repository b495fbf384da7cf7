import { ApiError } from '../http/api-error.ts';

/** An error that points at a word of the query with a caret, as most errors of queries do. */
export function pointAt(query: string, word: string, errorCode: string, message: string): ApiError {
  const found = query.search(new RegExp(`\\b${escape(word)}(?!\\w)`, 'i'));
  const offset = Math.max(found, 0);
  const before = query.slice(0, offset);
  const row = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const caret = `${' '.repeat(column - 1)}^`;
  return ApiError.of(
    400,
    errorCode,
    `\n${query}\n${caret}\nERROR at Row:${row}:Column:${column}\n${message}`,
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The object of FROM does not exist, or not for this user. */
export function unknownObject(query: string, name: string): ApiError {
  const message =
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
    "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointAt(query, name, 'INVALID_TYPE', message);
}

/** A field of the query does not exist, or not for this user. */
export function unknownField(query: string, path: string, name: string, object: string): ApiError {
  const message =
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append ` +
    "the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointAt(query, path, 'INVALID_FIELD', message);
}

/** The query is no SOQL, or more SOQL than the simulator knows. */
export function malformed(query: string, word: string, message: string): ApiError {
  return pointAt(query, word, 'MALFORMED_QUERY', message);
}
