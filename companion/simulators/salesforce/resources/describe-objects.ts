import { hash } from 'node:crypto';
import { header, requireObject, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { describeObject, describeObjectBriefly } from '../describe/describe-object.ts';

/** GET /sobjects */
export function listObjects(call: ApiCall): Answer {
  return unlessKnown(call, () => ({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: [...call.access.values()].map((object) => describeObjectBriefly(call.base, object)),
  }));
}

/** GET /sobjects/<object> */
export function showObject(call: ApiCall): Answer {
  const objectDescribe = describeObjectBriefly(call.base, requireObject(call));
  return { status: 200, body: { objectDescribe, recentItems: [] } };
}

/** GET /sobjects/<object>/describe */
export function describeWholeObject(call: ApiCall): Answer {
  const object = requireObject(call);
  return unlessKnown(call, () => describeObject(call.base, object, call.access));
}

/** 304 for clients that keep describes and ask whether anything changed. */
function unlessKnown(call: ApiCall, describe: () => object): Answer {
  const changed = Math.floor(call.org.schemaChangedAt / 1000) * 1000;
  const ETag = `"${hash('sha1', `${call.request.path} ${call.user} ${changed}`).slice(0, 8)}"`;
  const headers = { ETag, 'Last-Modified': new Date(changed).toUTCString() };
  const since = Date.parse(header(call, 'If-Modified-Since') ?? '');
  const known = header(call, 'If-None-Match');
  if (known === undefined ? changed <= since : known.includes(ETag)) return { status: 304, headers };
  return { status: 200, headers, body: describe() };
}
