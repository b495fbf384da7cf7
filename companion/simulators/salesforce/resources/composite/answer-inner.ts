import { ApiError } from '../../http/api-error.ts';
import { splitOnce, type ApiRequest } from '../../http/api-request.ts';
import type { Answer } from '../../http/send-answer.ts';

/** A request within this one, given by its address below the host. */
export function makeInnerRequest(
  url: string,
  parts: { method: string; headers: Readonly<Record<string, string>>; body: unknown },
): ApiRequest {
  const [path, query] = splitOnce(url, '?');
  const { method, headers } = parts;
  const body = parts.body === undefined || parts.body === null ? '' : JSON.stringify(parts.body);
  return { method, path, query: new URLSearchParams(query), headers, body };
}

/** Works on a request within this one. What would have ended it alone is its answer here. */
export function answerInner(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return error.answer;
    throw error;
  }
}
