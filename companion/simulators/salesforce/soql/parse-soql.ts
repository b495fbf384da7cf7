import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { malformed, pointAtOffset, unreadableCharacter } from './query-error.ts';
import { findIllegalEscape, visibleText } from './string-literals.ts';

const MAX_QUERY_CHARACTERS = 100_000;

/** Reads a query. Clauses that the simulator does not know are refused, never ignored. */
export function parseSoql(text: string): Query {
  if (text.trim() === '') {
    throw ApiError.of(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  }
  if (text.length > MAX_QUERY_CHARACTERS) {
    const message = `SOQL statements cannot be longer than ${MAX_QUERY_CHARACTERS} characters.`;
    throw ApiError.of(400, 'MALFORMED_QUERY', message);
  }
  const query = parse(text);
  const illegal = findIllegalEscape(text);
  if (illegal !== null) {
    const message = `Invalid string literal '${illegal.literal}'. Illegal character sequence '${illegal.sequence}' in string literal.`;
    throw pointAtOffset(text, illegal.offset - 1, 'MALFORMED_QUERY', message);
  }
  if (query.update !== undefined) throw malformed(text, 'UPDATE', "unexpected token: 'UPDATE'", 'FROM');
  if (query.withDataCategory !== undefined || query.withAccessLevel === 'SYSTEM_MODE') {
    throw malformed(text, 'WITH', "unexpected token: 'WITH'", 'FROM');
  }
  return query;
}

function parse(text: string): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    throw explain(text, error instanceof Error ? error.message : '');
  }
}

/** Says what a real parser would make of it, as far as the library's own words tell. */
function explain(text: string, message: string): ApiError {
  if (/\bALL\s+ROWS\s*$/i.test(text))
    return malformed(text, 'ALL', 'ALL ROWS not allowed in this context', 'FROM');
  const bound = findBoundValue(text);
  if (bound !== null)
    return pointAtOffset(text, bound, 'MALFORMED_QUERY', 'Bind variables only allowed in Apex code');
  const emptyList = visibleText(text).search(/(?<=\bIN\s*\(\s*)\)/i);
  if (emptyList >= 0) return pointAtOffset(text, emptyList, 'MALFORMED_QUERY', "unexpected token: ')'");
  const brokenOffset = findBrokenOffset(text);
  if (brokenOffset !== null) return unreadableCharacter(text, brokenOffset, text.charAt(brokenOffset));
  const [, character = '', offset] = /unexpected character: ->(.)<- at offset: (\d+)/s.exec(message) ?? [];
  if (character !== '') {
    // A quote that is never closed takes the rest of the query with it.
    const [column, found] = character === "'" ? [text.length, '<EOF>'] : [Number(offset), character];
    return unreadableCharacter(text, column, found);
  }
  if (/^\s*SELECT\s+\*/i.test(text)) return malformed(text, '*', "unexpected token: '*'");
  const found = /found(?::| -->) (?:'([^']*)'|(\S+))/.exec(message);
  const word = found?.[1] ?? found?.[2] ?? '';
  return word === ''
    ? pointAtOffset(text, text.length, 'MALFORMED_QUERY', "unexpected token: '<EOF>'")
    : malformed(text, word, `unexpected token: '${word}'`);
}

/** Where a time's `+`, which an address turns into a blank unless it is encoded, is missing. */
function findBrokenOffset(text: string): number | null {
  const found = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?= \d\d:?\d\d)/.exec(visibleText(text));
  return found === null ? null : found.index + found[0].length;
}

/** Where a variable, or a bare word, stands for a value: only Apex has something to put there. */
function findBoundValue(text: string): number | null {
  const found = /(?:[<>=]|\b(?:LIKE|IN)\b)\s*(:\s*[a-z]|[a-z_][\w.]*(?![\w.:(]))/dis.exec(visibleText(text));
  return found?.indices?.[1]?.[0] ?? null;
}
