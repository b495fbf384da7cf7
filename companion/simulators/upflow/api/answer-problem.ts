import type { Response } from 'express';

/** An error as Upflow's API tells it: `{ message }`. */
export function answerProblem(res: Response, status: number, message: string): void {
  res.status(status).json({ message });
}
