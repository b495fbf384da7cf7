import type { SimulatedOrg } from '../org/simulated-org.ts';

/** Which of Salesforce's hosts a request was sent to; any address of this machine stands for the org's own. */
export type Host = 'login' | 'test' | 'org' | 'otherOrg';

/** Reads a Host header. */
export function readHost(org: SimulatedOrg, header: string | undefined): Host {
  const name = (header ?? '').replace(/:\d+$/, '').toLowerCase();
  if (name === 'login.salesforce.com') return 'login';
  if (name === 'test.salesforce.com') return 'test';
  if (!name.endsWith('.my.salesforce.com')) return 'org';
  return name === myDomainHost(org) ? 'org' : 'otherOrg';
}

/** Whether the org's users sign in at this host: a sandbox's do so at test, the others' at login. */
export function servesSignIn(org: SimulatedOrg, host: Host): boolean {
  return host === 'org' || host === (isSandbox(org) ? 'test' : 'login');
}

/** The org's host in the world; a sandbox's has the sandbox's name in it. */
export function myDomainHost(org: SimulatedOrg): string {
  const { sandboxName } = org.identity;
  const suffix = sandboxName === undefined ? '' : `--${sandboxName}.sandbox`;
  return `${org.settings.myDomain}${suffix}.my.salesforce.com`;
}

export function isSandbox(org: SimulatedOrg): boolean {
  return org.identity.sandboxName !== undefined;
}
