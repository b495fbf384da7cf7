import type { FieldValue } from '../store/stored-record.ts';
import { escapePattern } from './query-error.ts';

/** Compiles a quoted LIKE pattern: `%` any text, `_` one character, either of them literal behind a backslash. */
export function matchesLike(quoted: string): (value: FieldValue | null) => boolean {
  const pattern = quoted.slice(1, -1).replace(/\\.|[%_]|[^\\%_]+/gs, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return escapePattern(part.startsWith('\\') ? part.slice(1) : part);
  });
  const expression = new RegExp(`^${pattern}$`, 'is');
  return (value) => typeof value === 'string' && expression.test(value);
}
