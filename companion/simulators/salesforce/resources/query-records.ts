import { param, queryParam, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { choosePageSize, endPage } from '../soql/choose-page-size.ts';
import type { Cursor } from '../soql/cursor-list.ts';
import { describeColumns } from '../soql/describe-columns.ts';
import { explainQuery } from '../soql/explain-query.ts';
import { runQuery } from '../soql/run-query.ts';

/** GET /query?q=…, or ?explain=… for how it would be run. */
export function queryLiveRecords(call: ApiCall): Answer {
  return startQuery(call, false);
}

/** GET /queryAll?q=…, which also finds what is in the recycle bin. */
export function queryAllRecords(call: ApiCall): Answer {
  return startQuery(call, true);
}

/** GET /query/<locator>: the next page. */
export function queryMoreRecords(call: ApiCall): Answer {
  const { id, cursor, from } = call.org.cursors.find(param(call, 'locator'), call.userId);
  return answerPage(call, cursor, from, () => id);
}

function startQuery(call: ApiCall, withDeleted: boolean): Answer {
  const explained = queryParam(call, 'explain');
  if (explained !== null) return { status: 200, body: explainQuery(call, explained) };
  const text = queryParam(call, 'q');
  if (text === null) throw ApiError.of(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  if (queryParam(call, 'columns') === 'true') return describeColumns(call, text);
  const { total, countOnly, render } = runQuery(call, text, withDeleted);
  if (countOnly) return { status: 200, body: { totalSize: total, done: true, records: [] } };
  const cursor = { userId: call.userId, total, pageSize: choosePageSize(call), render };
  return answerPage(call, cursor, 0, () => call.org.cursors.keep(cursor));
}

function answerPage(call: ApiCall, cursor: Cursor, from: number, cursorId: () => string): Answer {
  const to = endPage(call, from, cursor);
  const done = to >= cursor.total;
  const next = done ? {} : { nextRecordsUrl: `${call.base}/query/${cursorId()}-${to}` };
  const body = { totalSize: cursor.total, done, ...next, records: cursor.render(from, to) };
  return { status: 200, body };
}
