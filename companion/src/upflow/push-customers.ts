/** Nothing that a push says of a customer is deeper; what is, is looked for as text. */
const MOST_VALUES = 200_000;

/**
 * The body of a push without what it says of some customers.
 *
 * @returns null when it tells of nobody else
 */
export function withoutCustomers(body: string, customerIds: ReadonlySet<string>): string | null {
  const push = parse(body) as { data?: { customers?: unknown }; deleted?: unknown } | undefined;
  const customers = push?.data?.customers;
  if (push?.data === undefined || !Array.isArray(customers)) return null;
  const left = customers.filter((customer) => !customerIds.has(String((customer as { id?: unknown }).id)));
  if (left.length === 0) return null;
  // What a sweep stored also lists ids of customers that Upflow deleted.
  const deleted = Array.isArray(push.deleted)
    ? { deleted: push.deleted.filter((id) => !customerIds.has(String(id))) }
    : {};
  return JSON.stringify({ ...push, data: { ...push.data, customers: left }, ...deleted });
}

/** Whether a body names a customer anywhere. */
export function namesCustomer(body: string, customerId: string): boolean {
  return body.includes(customerId) || (body.includes('\\u') && listTexts(body).includes(customerId));
}

/** All texts that stand in a body, whatever its shape: each may be the id of a customer. */
export function listTexts(body: string): string[] {
  const texts = new Set<string>();
  const waiting: unknown[] = [parse(body)];
  for (let seen = 0; waiting.length > 0 && seen < MOST_VALUES; seen++) {
    const value = waiting.pop();
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null)
      waiting.push(...(Object.values(value) as unknown[]));
  }
  return [...texts];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
