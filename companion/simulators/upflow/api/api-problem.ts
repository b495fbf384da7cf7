import { z } from 'zod';

/** Something that the API refuses, as its answer tells it: `{ message }`. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
  }
}

/** Reads a body, or says which of its fields is wrong. Keys that are not known are ignored. */
export function readBody<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const read = shape.safeParse(body ?? {}, { reportInput: true });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  const problem = issue?.input === undefined ? 'is required' : issue.message;
  throw new ApiProblem(400, field === '' ? 'The body must be a JSON object.' : `${field} ${problem}.`);
}

/** @throws {ApiProblem} 404 where there is nothing */
export function found<Kind>(row: Kind | undefined, what: string, reference: string): Kind {
  if (row === undefined) throw new ApiProblem(404, `${what} ${reference} not found.`);
  return row;
}
