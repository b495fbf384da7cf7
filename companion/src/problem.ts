import type { Response } from 'express';

/** What went wrong with a request, as RFC 9457 has it. `extra` members are shown beside the standard ones. */
export interface Problem {
  status: number;
  /** Short name of the kind of problem; the answer's `type` is made from it. */
  code: string;
  title: string;
  /** What happened here, and what to do about it. */
  detail: string;
  extra?: Record<string, unknown>;
}

/** Answers with a problem document. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function sendProblem(res: Response, { status, code, title, detail, extra }: Problem): void {
  res
    .status(status)
    .set('content-type', 'application/problem+json')
    .send(JSON.stringify({ type: `urn:upflow-companion:problem:${code}`, title, status, detail, ...extra }));
}
