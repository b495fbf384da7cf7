import { createHash } from 'node:crypto';
import type { VisibleObject } from '../access/resolve-access.ts';
import { describeObject, describeObjectBriefly } from '../describe/describe-object.ts';
import { header, requireObject, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { listRecordTypes } from '../schema/record-types.ts';
import { listRecentRecords } from './recent-records.ts';

const TAG_LENGTH = 8;

/** GET /sobjects */
export function listObjects(call: ApiCall): Answer {
  return unlessKnown(call, () => ({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: [...call.access.values()].map((object) => describeObjectBriefly(call, object)),
  }));
}

/** GET /sobjects/<object> */
export function showObject(call: ApiCall): Answer {
  const object = requireObject(call);
  const recentItems = listRecentRecords(call, [object]);
  return { status: 200, body: { objectDescribe: describeObjectBriefly(call, object), recentItems } };
}

/** GET /sobjects/<object>/describe */
export function describeWholeObject(call: ApiCall): Answer {
  const object = requireObject(call);
  return unlessKnown(call, () => describe(call, object));
}

function describe(call: ApiCall, object: VisibleObject): object {
  const { base, version, access, org } = call;
  const recordTypes = listRecordTypes(org.store, object.schema.name);
  return describeObject({ base, version, access, host: org.url, recordTypes }, object);
}

/** 304 for clients that keep describes and ask whether anything changed. */
function unlessKnown(call: ApiCall, describeAll: () => object): Answer {
  const changed = Math.floor(call.org.schemaChangedAt(call.user) / 1000) * 1000;
  const tag = createHash('md5').update([call.user, call.request.path, changed].join()).digest('hex');
  const headers = {
    ETag: `"${tag.slice(0, TAG_LENGTH)}"`,
    'Last-Modified': new Date(changed).toUTCString(),
  };
  if (isKnown(call, headers.ETag, changed)) return { status: 304, headers };
  return { status: 200, headers, body: describeAll() };
}

/** An ETag decides where one is given; only without one does the date. */
function isKnown(call: ApiCall, tag: string, changed: number): boolean {
  const known = header(call, 'If-None-Match');
  if (known !== undefined) {
    return known.split(',').some((text) => text.trim().replace(/^W\/|-gzip(?="$)/g, '') === tag);
  }
  return changed <= Date.parse(header(call, 'If-Modified-Since') ?? '');
}
