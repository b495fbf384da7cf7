import type { z } from 'zod';
import { ApiError } from '../http/api-error.ts';

/** Reads the description of a new job. A value that is none of those allowed is an error of the whole request. */
export function readJobRequest<Shape extends z.ZodType>(shape: Shape, body: object): z.output<Shape> {
  const given = Object.entries(body).filter(([, value]) => value !== null);
  const parsed = shape.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw ApiError.of(400, 'API_ERROR', `Value does not match expected type: ${names}`);
}
