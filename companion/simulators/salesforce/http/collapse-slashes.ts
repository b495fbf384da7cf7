import type { NextFunction, Request, Response } from 'express';

/** Takes several slashes at the beginning of a path for one. Clients whose instance URL ends in a slash send two. */
export function collapseSlashes(req: Request, _res: Response, next: NextFunction): void {
  req.url = req.url.replace(/^\/{2,}/, '/');
  req.originalUrl = req.url;
  next();
}
