import { ApiError } from '../http/api-error.ts';
import { visibleText } from './string-literals.ts';

/** How much of a long row an error shows on each side of its caret, before the row is cut between words. */
const SHOWN_CHARACTERS = 30;

/** The part of a query that an error is looked for in. */
export type Clause = 'SELECT' | 'FROM' | 'WHERE' | 'GROUP BY' | 'HAVING' | 'ORDER BY' | 'OFFSET';

/** An error that points at a word of the query with a caret, as most errors of queries do. */
export function pointAt(
  query: string,
  word: string,
  errorCode: string,
  message: string,
  clause: Clause = 'SELECT',
): ApiError {
  return pointAtOffset(query, findWord(query, word, clause), errorCode, message);
}

/** The same, where the place in the query is known. */
export function pointAtOffset(query: string, offset: number, errorCode: string, message: string): ApiError {
  const before = query.slice(0, offset).split('\n');
  const row = query.split('\n')[before.length - 1] ?? '';
  const column = (before.at(-1) ?? '').length;
  const from = findBreak(row, column - SHOWN_CHARACTERS, -1);
  const shown = row.slice(from, findBreak(row, column + SHOWN_CHARACTERS, 1));
  const caret = `${' '.repeat(column - from)}^`;
  const place = `ERROR at Row:${before.length}:Column:${column + 1}`;
  return ApiError.of(400, errorCode, `\n${shown}\n${caret}\n${place}\n${message}`);
}

/** A character that begins no word of SOQL. Its place counts from 0, so the caret stands one before it. */
export function unreadableCharacter(query: string, offset: number, found: string): ApiError {
  const before = query.slice(0, offset).split('\n');
  const place = `line ${before.length}:${(before.at(-1) ?? '').length}`;
  const message = `${place} no viable alternative at character '${found}'`;
  return pointAtOffset(query, Math.max(offset - 1, 0), 'MALFORMED_QUERY', message);
}

/** Where a row is cut: at the next blank or comma from a place on, in one direction. */
function findBreak(row: string, start: number, step: 1 | -1): number {
  let place = start;
  const isBreak = (character: string): boolean => /[\s,]/.test(character);
  while (place > 0 && place < row.length && !isBreak(row.charAt(step === 1 ? place : place - 1)))
    place += step;
  return Math.min(Math.max(place, 0), row.length);
}

function findWord(query: string, word: string, clause: Clause): number {
  const visible = visibleText(query);
  const start = Math.max(visible.search(new RegExp(`\\b${clause.replace(' ', '\\s+')}\\b`, 'i')), 0);
  const opening = /^\w/.test(word) ? '(?<![\\w.])' : '';
  const ending = /\w$/.test(word) ? '(?!\\w)' : '';
  const found = visible.slice(start).search(new RegExp(`${opening}${escapePattern(word)}${ending}`, 'i'));
  return found < 0 ? start : start + found;
}

/** A text as a regular expression finds it. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The object of FROM does not exist, or not for this user. */
export function unknownObject(query: string, name: string): ApiError {
  const message =
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
    "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointAt(query, name, 'INVALID_TYPE', message, 'FROM');
}

/** A field of the query does not exist, or not for this user. */
export function unknownField(
  query: string,
  path: string,
  name: string,
  object: string,
  clause: Clause,
): ApiError {
  const message =
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append ` +
    "the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
  return pointAt(query, path, 'INVALID_FIELD', message, clause);
}

/** A relationship of a path or of a sub-query does not exist, or not for this user. */
export function unknownRelationship(
  query: string,
  [word, name]: [word: string, name: string],
  place: 'field path' | 'FROM part of query call',
  clause: Clause,
): ApiError {
  const message =
    `Didn't understand relationship '${name}' in ${place}. If you are attempting to use a custom relationship, be ` +
    "sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call " +
    'for the appropriate names.';
  const errorCode = place === 'field path' ? 'INVALID_FIELD' : 'INVALID_TYPE';
  return pointAt(query, word, errorCode, message, clause);
}

/** The query is no SOQL, or more SOQL than the simulator knows. */
export function malformed(query: string, word: string, message: string, clause?: Clause): ApiError {
  return pointAt(query, word, 'MALFORMED_QUERY', message, clause);
}
