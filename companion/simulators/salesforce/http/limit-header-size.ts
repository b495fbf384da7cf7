import type { NextFunction, Request, Response } from 'express';

const MAX_URI_AND_HEADERS_BYTES = 16_384;

/** Refuses requests whose address and headers together are too long, as the platform's front door does. */
export function limitHeaderSize(req: Request, res: Response, next: NextFunction): void {
  const headers = req.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
  if (req.originalUrl.length + headers <= MAX_URI_AND_HEADERS_BYTES) {
    next();
    return;
  }
  const status = req.originalUrl.length > headers ? 414 : 431;
  const message = status === 414 ? 'URI Too Long' : 'Request Header Fields Too Large';
  res.status(status).set('Content-Type', 'text/html').end(`<html><body><h1>${message}</h1></body></html>`);
}
