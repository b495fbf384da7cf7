import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { ControlError } from './control-error.ts';
import { explainIssues } from './explain-issues.ts';

/** Checks the body of a control call before its work is done. */
export function take<Shape extends z.ZodType>(
  shape: Shape,
  work: (input: z.output<Shape>) => unknown,
): RequestHandler {
  return async (req, res) => {
    const parsed = shape.safeParse(req.body ?? {});
    if (!parsed.success) throw new ControlError(explainIssues(parsed.error));
    res.json(await work(parsed.data));
  };
}
