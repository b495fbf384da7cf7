import type { Request } from 'express';
import type { UpflowOrganization } from '../upflow-organization.ts';

interface Body {
  id?: unknown;
  externalId?: unknown;
  customer?: { id?: unknown; externalId?: unknown } | null;
}

/** The customer that a request writes to, by whatever names it: its path or its body. */
export function findCustomerWritten(
  { customers }: UpflowOrganization,
  { method, path, body }: Request,
): number | undefined {
  if (method === 'GET') return undefined;
  const [, place, reference] = path.split('/');
  if (place === 'customers' && reference) return customers.find(decodeURIComponent(reference))?.seq;
  const { id, externalId, customer } = (body ?? {}) as Body;
  return customers.findReferred(place === 'customers' ? { id, externalId } : (customer ?? {}))?.seq;
}
