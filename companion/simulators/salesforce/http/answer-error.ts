import type { NextFunction, Request, Response } from 'express';
import { ApiError } from './api-error.ts';
import { sendAnswer } from './send-answer.ts';

/** Turns what a request was ended with into an error body. What is no ApiError is a bug here, and says so. */
export async function answerError(
  error: unknown,
  _req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  if (res.headersSent) {
    next(error);
    return;
  }
  const known = error instanceof ApiError ? error : describeUnknown(error);
  await sendAnswer(res, known.answer);
}

function describeUnknown(error: unknown): ApiError {
  const status = readStatus(error);
  if (status !== null && status < 500) return ApiError.of(status, 'BAD_REQUEST', String(error));
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return ApiError.of(500, 'UNKNOWN_EXCEPTION', `The simulator failed: ${detail}`);
}

/** Express marks requests that it cannot read, such as a badly encoded address, with a status. */
function readStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}
