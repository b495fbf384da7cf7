const MY_DOMAIN =
  /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|patch|trailblaze))?\.my\.salesforce\.com$/;
const LOGIN_HOSTS = new Set(['login.salesforce.com', 'test.salesforce.com']);
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin to contact for a Salesforce host that somebody configured, or that Salesforce itself named.
 * Only Salesforce's own login hosts and My Domain hosts are ever contacted, over https on the default
 * port; the one exception is the simulator's origin, on this machine.
 *
 * @param host a bare host name such as `acme.my.salesforce.com`, or an https address of one
 * @param simulatorOrigin the origin of a simulator, honoured only when it is a loopback address; port 0 stands for
 *   any port of that address, for a simulated org that moves
 * @returns undefined when the host is not allowed
 */
export function readSalesforceOrigin(host: string, simulatorOrigin?: string): string | undefined {
  if (simulatorOrigin !== undefined && isSimulator(host, simulatorOrigin)) return new URL(host).origin;
  const name = host.replace(/^https:\/\//, '').replace(/\/$/, '');
  return LOGIN_HOSTS.has(name) || MY_DOMAIN.test(name) ? `https://${name}` : undefined;
}

/** Whether an allowed origin is an org's own, where a sandbox and a production org tell themselves apart. */
export function loginOriginOf(origin: string): string | undefined {
  const { hostname } = new URL(origin);
  if (!MY_DOMAIN.test(hostname)) return undefined;
  return hostname.endsWith('.sandbox.my.salesforce.com')
    ? 'https://test.salesforce.com'
    : 'https://login.salesforce.com';
}

function isSimulator(host: string, simulatorOrigin: string): boolean {
  const simulator = parse(simulatorOrigin);
  const asked = parse(host);
  if (simulator === undefined || asked === undefined || !LOOPBACK.has(simulator.hostname)) return false;
  // What is hidden in the rest of an address must not be read as a part of it elsewhere.
  if (host !== asked.origin && host !== `${asked.origin}/`) return false;
  if (asked.origin === simulator.origin) return true;
  return (
    simulator.port === '0' && simulator.protocol === asked.protocol && simulator.hostname === asked.hostname
  );
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
