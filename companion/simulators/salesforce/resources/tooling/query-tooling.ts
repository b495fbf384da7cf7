import { queryParam, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { isObject } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { queryLiveRecords, queryMoreRecords } from '../query-records.ts';
import { toToolingCall } from './tooling-call.ts';

/** GET /tooling/query?q=… */
export function queryTooling(call: ApiCall): Answer {
  const answer = queryLiveRecords(toToolingCall(call));
  const text = queryParam(call, 'q') ?? '';
  refuseMetadataOfSeveral(text, answer);
  return wrap(call, answer, /\bfrom\s+(\w+)/i.exec(text)?.[1] ?? '');
}

/** GET /tooling/query/<locator> */
export function queryMoreTooling(call: ApiCall): Answer {
  const answer = queryMoreRecords(toToolingCall(call));
  const first: unknown =
    isObject(answer.body) && Array.isArray(answer.body.records) ? answer.body.records[0] : null;
  const attributes: unknown = isObject(first) ? first.attributes : null;
  return wrap(call, answer, isObject(attributes) ? String(attributes.type) : '');
}

/** Metadata is put together for each row, and only for one at a time. */
function refuseMetadataOfSeveral(text: string, answer: Answer): void {
  const size = isObject(answer.body) ? Number(answer.body.totalSize) : 0;
  const columns = /^\s*select\s(.*?)\sfrom\s/is.exec(text)?.[1] ?? '';
  if (size <= 1 || !/\b(metadata|fullname)\b/i.test(columns)) return;
  throw ApiError.of(
    400,
    'MALFORMED_QUERY',
    'When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than ' +
      `one row for retrieval. Result size: ${size}`,
  );
}

/** The Tooling API says more about a page than the data API does. */
function wrap(call: ApiCall, answer: Answer, name: string): Answer {
  if (!isObject(answer.body)) return answer;
  const records = Array.isArray(answer.body.records) ? answer.body.records : [];
  const object = call.org.toolingAccessOf(call.user).get(name.toLowerCase());
  const { nextRecordsUrl } = answer.body;
  const body = {
    size: records.length,
    totalSize: answer.body.totalSize,
    done: answer.body.done,
    queryLocator: typeof nextRecordsUrl === 'string' ? (nextRecordsUrl.split('/').at(-1) ?? null) : null,
    entityTypeName: object?.schema.name ?? name,
    ...(nextRecordsUrl === undefined ? {} : { nextRecordsUrl }),
    records,
  };
  return { ...answer, body };
}
