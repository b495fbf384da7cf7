import type { Response } from 'express';
import { findFault } from './find-fault.ts';

const listKeys = ['records', 'results', 'compositeResponse', 'graphs', 'sobjects', 'fields'];

/** Takes rows out of a body, or shows some twice, where a fault of this request asks for it. */
export function spoilRows(res: Response, body: unknown): unknown {
  const dropped = findFault(res, 'dropRows');
  const shorter = dropped === null ? body : changeRows(body, (rows) => rows.slice(0, -dropped.rows));
  const doubled = findFault(res, 'duplicateRows');
  if (doubled === null) return shorter;
  return changeRows(shorter, (rows) => [...rows, ...rows.slice(-doubled.rows)]);
}

function changeRows(body: unknown, change: (rows: unknown[]) => unknown[]): unknown {
  if (Array.isArray(body)) return change(body);
  if (typeof body !== 'object' || body === null) return body;
  const known = body as Record<string, unknown>;
  const key = listKeys.find((candidate) => Array.isArray(known[candidate]));
  if (key === undefined) return body;
  return { ...known, [key]: change(known[key] as unknown[]) };
}
