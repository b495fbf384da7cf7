import type { RowResult } from './update-accounts.ts';

/** `CODE:message:FIELDS --`; a message may have colons and line ends in it, and another error may follow. */
const ROW_ERROR = /^([A-Z][A-Z0-9_]*):([\s\S]*?):((?:\w+(?:, ?\w+)*)? ?)--(?=\s*(?:$|[A-Z][A-Z0-9_]+:))/;

/** Reads why a bulk job refused a row; of several errors the first, as in collections. */
export function readRowError(text: string): RowResult {
  const [, code, message = '', fields = ''] = ROW_ERROR.exec(text) ?? [];
  if (code !== undefined) {
    const names = fields.split(',').map((name) => name.trim());
    return { ok: false, code, message, fields: names.filter(Boolean) };
  }
  const [, bareCode, bareMessage] = /^([A-Z][A-Z0-9_]*):([\s\S]*)$/.exec(text) ?? [];
  return {
    ok: false,
    code: bareCode ?? 'UNKNOWN_EXCEPTION',
    message: bareMessage ?? (text || 'Salesforce gave no reason'),
    fields: [],
  };
}
