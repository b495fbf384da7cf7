const MY_DOMAIN =
  /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|patch|trailblaze))?\.my\.salesforce\.com$/;
const LOGIN_HOSTS = new Set(['login.salesforce.com', 'test.salesforce.com']);

/**
 * The origin to contact for a Salesforce host that somebody configured, or that Salesforce itself named.
 * Only Salesforce's own login hosts and My Domain hosts are ever contacted, over https on the default
 * port; the one exception is the simulator's origin, on this machine.
 *
 * @param host a bare host name such as `acme.my.salesforce.com`, or an https address of one
 * @param simulatorOrigin the origin of a simulator, honoured only when it is a loopback address
 * @returns undefined when the host is not allowed
 */
export function readSalesforceOrigin(host: string, simulatorOrigin?: string): string | undefined {
  if (
    simulatorOrigin !== undefined &&
    isLoopback(simulatorOrigin) &&
    originOf(host) === originOf(simulatorOrigin)
  ) {
    return originOf(simulatorOrigin);
  }
  const name = host.replace(/^https:\/\//, '').replace(/\/$/, '');
  return LOGIN_HOSTS.has(name) || MY_DOMAIN.test(name) ? `https://${name}` : undefined;
}

function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin;
  } catch {
    return undefined;
  }
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}
