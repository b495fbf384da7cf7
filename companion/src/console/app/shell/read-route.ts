export interface Route {
  kind: 'connections' | 'connection' | 'customer' | 'audit' | 'sign-in' | 'missing';
  connectionId: string | null;
  /** Page of the connection; empty for its overview. */
  page: string;
  customerId: string | null;
  /** What follows the question mark. */
  query: Readonly<Record<string, string>>;
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The place that an address' fragment names: `#/connections/acme/matches?kind=duplicate`. */
export function readRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [area = '', connectionId = '', page = '', customerId = '', ...rest] = path.split('/').map(decode);
  const query = Object.fromEntries(new URLSearchParams(search));
  const route: Route = { kind: 'missing', connectionId: null, page: '', customerId: null, query };
  if (area === 'sign-in') return { ...route, kind: 'sign-in' };
  if (area === 'audit' && !connectionId) return { ...route, kind: 'audit' };
  if (area === '' || (area === 'connections' && !connectionId)) return { ...route, kind: 'connections' };
  if (area !== 'connections' || rest.length > 0) return route;
  if (page === 'customers' && customerId)
    return { ...route, kind: 'customer', connectionId, page, customerId };
  return customerId ? route : { ...route, kind: 'connection', connectionId, page };
}

/** Address of a page of a connection. */
export const linkTo = (connectionId: string, page = ''): string =>
  `#/connections/${encodeURIComponent(connectionId)}${page ? `/${page}` : ''}`;
