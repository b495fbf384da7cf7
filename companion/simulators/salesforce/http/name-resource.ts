import { normalizeId } from '../org/salesforce-ids.ts';

/** Names the resource of a path for the statistics: without version, ids, values and cursors. */
export function nameResource(path: string): string {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .slice(3);
  const [first, , second, third] = segments;
  if (first === 'query' || first === 'queryAll')
    return segments.length > 1 ? `/${first}/:locator` : `/${first}`;
  if (first === 'sobjects' && third !== undefined)
    return `/sobjects/${segments[1] ?? ''}/${second ?? ''}/:value`;
  return `/${segments.map((segment) => (normalizeId(segment) === null ? segment : ':id')).join('/')}`;
}
