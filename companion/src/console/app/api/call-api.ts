import { readProblem, UNREACHABLE, type ProblemView } from './read-problem.ts';

/** A call that was refused or got no answer. */
export class ApiFailure extends Error {
  readonly problem: ProblemView;

  constructor(problem: ProblemView) {
    super(problem.title);
    this.problem = problem;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const state: { csrfToken: string; onSignedOut: (problem: ProblemView) => void } = {
  csrfToken: '',
  onSignedOut: () => undefined,
};

/** Writing calls carry this token, which the session came with. */
export function useCsrfToken(token: string): void {
  state.csrfToken = token;
}

/** Whoever shows the sign-in page hears of every call that was refused because the session ended. */
export function whenSignedOut(listener: (problem: ProblemView) => void): void {
  state.onSignedOut = listener;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Calls the companion's own API. Throws ApiFailure, and nothing else, when there is no good answer. */
export async function callApi<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['x-csrf-token'] = state.csrfToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiFailure(UNREACHABLE);
  }
  const answer = await readBody(response);
  if (response.ok) return answer as Answer;
  const problem = readProblem(response.status, answer);
  if (response.status === 401) state.onSignedOut(problem);
  throw new ApiFailure(problem);
}

/** A query string of the values that are set. */
export function toQuery(values: Record<string, string | number | null | undefined>): string {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  return entries.length > 0 ? `?${new URLSearchParams(entries).toString()}` : '';
}

/** Any failure as something to show. */
export function toProblem(error: unknown): ProblemView {
  if (error instanceof ApiFailure) return error.problem;
  throw error;
}
