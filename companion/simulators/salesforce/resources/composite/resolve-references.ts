import { ApiError } from '../../http/api-error.ts';
import { isObject } from '../../http/parse-json-body.ts';

/** What the earlier subrequests answered, by reference id, as later ones may refer to it. */
export interface KnownAnswers {
  bodies: ReadonlyMap<string, unknown>;
  /** The version of the whole request: whether a blank field can be referred to depends on it. */
  version: number;
}

const FIRST_VERSION_WITH_NULL_REFERENCES = 52;
const inBody = /@\{([^}]*)\}/g;
// In an address the braces may have been encoded.
const inAddress = /(?:@|%40)(?:\{|%7B)(.+?)(?:\}|%7D)/gi;

/** Replaces references such as `@{newAccount.id}` in every text of a body. */
export function fillBody(value: unknown, known: KnownAnswers): unknown {
  if (typeof value === 'string') return fillText(value, known);
  if (Array.isArray(value)) return value.map((item) => fillBody(item, known));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillBody(item, known)]));
}

/** Replaces references in an address, encoded as an address needs it. */
export function fillAddress(url: string, known: KnownAnswers): string {
  return url.replace(inAddress, (_whole, reference: string) =>
    encodeURIComponent(lookUp(decodeURIComponent(reference), known) ?? ''),
  );
}

function fillText(text: string, known: KnownAnswers): string | null {
  const whole = /^@\{([^}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole, known);
  return text.replace(inBody, (_whole, reference: string) => lookUp(reference, known) ?? '');
}

/** The value behind a reference: reference id, then `.field` and `[index]` as deep as the answer goes. */
function lookUp(reference: string, known: KnownAnswers): string | null {
  const id = /^[A-Za-z0-9_]*/.exec(reference)?.[0] ?? '';
  const value = walk(known.bodies.get(id), reference.slice(id.length));
  if (value === null && known.version >= FIRST_VERSION_WITH_NULL_REFERENCES) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const message = `Invalid reference specified. No value for ${reference} found in ${id}.`;
  throw new ApiError(400, [{ errorCode: 'PROCESSING_HALTED', message }]);
}

function walk(body: unknown, path: string): unknown {
  let value = body;
  for (const [, field, index] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    if (field !== undefined)
      value = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
    else value = Array.isArray(value) ? (value[Number(index)] as unknown) : undefined;
  }
  return value;
}
