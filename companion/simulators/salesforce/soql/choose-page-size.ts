import { header, type ApiCall } from '../http/api-call.ts';

const USUAL_PAGE_ROWS = 2000;
const SMALLEST_PAGE_ROWS = 200;

/** What the client asks for, within the platform's bounds, and never more than the simulator's own setting. */
export function choosePageSize(call: ApiCall): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(header(call, 'Sforce-Query-Options') ?? '')?.[1];
  const wanted = asked === undefined ? USUAL_PAGE_ROWS : Number(asked);
  const allowed = Math.min(USUAL_PAGE_ROWS, Math.max(SMALLEST_PAGE_ROWS, wanted));
  return Math.min(allowed, call.org.settings.queryPageSize);
}

/** Where a page that begins somewhere ends. Short pages vary, but are the same for the same query. */
export function endPage(
  call: ApiCall,
  from: number,
  { pageSize, total }: { pageSize: number; total: number },
): number {
  const rows = call.org.settings.shortPages ? 1 + (scatter(from + total) % pageSize) : pageSize;
  return Math.min(from + rows, total);
}

/** Spreads small numbers evenly, and always in the same way. */
function scatter(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d);
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) ^ (mixed >>> 15)) >>> 0;
}
