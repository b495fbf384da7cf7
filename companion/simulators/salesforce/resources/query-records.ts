import { header, param, queryParam, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import type { Cursor } from '../soql/cursor-list.ts';
import { runQuery } from '../soql/run-query.ts';

const USUAL_PAGE_ROWS = 2000;
const SMALLEST_PAGE_ROWS = 200;

/** GET /query?q=… */
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
  const text = queryParam(call, 'q');
  if (text === null) throw ApiError.of(400, 'MALFORMED_QUERY', 'A query is required.');
  const { total, countOnly, render } = runQuery(call, text, withDeleted);
  if (countOnly) return { status: 200, body: { totalSize: total, done: true, records: [] } };
  const cursor = { userId: call.userId, total, pageSize: choosePageSize(call), render };
  return answerPage(call, cursor, 0, () => call.org.cursors.keep(cursor));
}

function answerPage(call: ApiCall, cursor: Cursor, from: number, cursorId: () => string): Answer {
  const to = Math.min(from + cursor.pageSize, cursor.total);
  const done = to >= cursor.total;
  const next = done ? {} : { nextRecordsUrl: `${call.base}/query/${cursorId()}-${to}` };
  const body = { totalSize: cursor.total, done, ...next, records: cursor.render(from, to) };
  return { status: 200, body };
}

/** What the client asks for, within the platform's bounds, and never more than the simulator's own setting. */
function choosePageSize(call: ApiCall): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(header(call, 'Sforce-Query-Options') ?? '')?.[1];
  const wanted = asked === undefined ? USUAL_PAGE_ROWS : Number(asked);
  const allowed = Math.min(USUAL_PAGE_ROWS, Math.max(SMALLEST_PAGE_ROWS, wanted));
  return Math.min(allowed, call.org.settings.queryPageSize);
}
