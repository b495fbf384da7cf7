import express, { type RequestHandler } from 'express';

/** Reads bodies as the UTF-8 that they are, with a byte-order mark, which the parser of texts would take away. */
export function readBytes(limit: string): RequestHandler[] {
  const read = express.raw({ type: () => true, limit });
  return [
    read,
    (req, _res, next) => {
      if (Buffer.isBuffer(req.body)) req.body = req.body.toString('utf8');
      next();
    },
  ];
}
