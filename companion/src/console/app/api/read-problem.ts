import type { Reason } from './shapes.ts';

/** What went wrong, in a person's words. */
export interface ProblemView {
  status: number;
  /** Short name of the kind of problem. */
  code: string;
  title: string;
  detail: string;
  /** What to do about it; null when the detail says so. */
  action: string | null;
  /** Fields that were refused, each with what is wrong with it. */
  errors: { field: string; problem: string }[];
  /** The whole document, for what a page knows about its own calls. */
  document: Record<string, unknown>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readText = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);

function readReason({ reason }: Record<string, unknown>): Partial<Reason> {
  return isRecord(reason) ? reason : {};
}

/** Reads an RFC 9457 problem document; anything else becomes a problem that names the status. */
export function readProblem(status: number, body: unknown): ProblemView {
  const document = isRecord(body) ? body : {};
  const reason = readReason(document);
  const errors = Array.isArray(document.errors) ? document.errors.filter(isRecord) : [];
  const message = readText(reason.message);
  const detail = readText(document.detail);
  const explanation = readText(reason.explanation);
  return {
    status,
    code: readText(reason.code) ?? readText(document.type)?.split(':').at(-1) ?? `status-${status}`,
    title: message ?? readText(document.title) ?? 'The companion answered with an error',
    detail: explanation ?? detail ?? `It answered with status ${status}.`,
    action: readText(reason.action) ?? readText(document.action),
    errors: errors.map((error) => ({
      field: readText(error.field) ?? readText(error.path) ?? '',
      problem: readText(error.problem) ?? readText(error.message) ?? 'This value is refused.',
    })),
    document,
  };
}

export const UNREACHABLE: ProblemView = {
  status: 0,
  code: 'unreachable',
  title: 'The companion cannot be reached',
  detail: 'The console got no answer. Nothing that you entered here is lost.',
  action: 'Check your network, and that the companion is running, then try again.',
  errors: [],
  document: {},
};

/** A reason in the same form, so that both are shown alike. */
export const describeReason = (reason: Reason): ProblemView => readProblem(200, { reason });
