import { readSalesforceOrigin } from './allow-origin.ts';

/** What an admin typed to say where their org signs in, made an origin; or what is wrong with it. */
export type Domain = { origin: string } | { problem: string };

/** One DNS label, and for a sandbox two parts joined by two hyphens. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const LIGHTNING = /^([a-z0-9-]+(?:\.[a-z]+)?)\.(?:lightning\.force|my\.salesforce-setup)\.com$/;

/**
 * Reads a My Domain name (`acme`, `acme--uat` for a sandbox), a host or a pasted address of the org, or the words
 * `login` and `test`. The host is built here and passes the same gate as every other one.
 */
export function readDomain(text: string, simulatorOrigin?: string): Domain {
  const typed = text.trim();
  const simulator = readSimulator(typed, simulatorOrigin);
  if (simulator !== undefined) return { origin: simulator };
  if (typed === '') return { problem: 'Give the My Domain name of the org, such as acme.' };
  if (typed.length > 255 || !/^[\x21-\x7e]+$/.test(typed)) return { problem: NOT_A_NAME };
  const host = typed.includes('.') || typed.includes('/') ? hostOf(typed) : buildHost(typed.toLowerCase());
  const origin = host === undefined ? undefined : readSalesforceOrigin(host);
  return origin === undefined ? { problem: NOT_A_NAME } : { origin };
}

const NOT_A_NAME =
  'This is no address of a Salesforce org. Give the My Domain name from Setup, My Domain, such as acme, ' +
  'or the host that ends in .my.salesforce.com.';

function buildHost(name: string): string | undefined {
  if (name === 'login' || name === 'test') return `${name}.salesforce.com`;
  if (!NAME.test(name)) return undefined;
  return name.includes('--') ? `${name}.sandbox.my.salesforce.com` : `${name}.my.salesforce.com`;
}

/** The host of a pasted address; a browser shows most pages of an org at its Lightning host. */
function hostOf(typed: string): string | undefined {
  const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  // Whatever browsers and libraries read differently is not read at all.
  if (/[\\@%\s]/.test(address.split(/[?#]/)[0] ?? '') || !URL.canParse(address)) return undefined;
  const { hostname, port, username, password, protocol } = new URL(address);
  const written = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1]?.toLowerCase();
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '' || written !== hostname) {
    return undefined;
  }
  const lightning = LIGHTNING.exec(hostname)?.[1];
  return lightning === undefined ? hostname : `${lightning}.my.salesforce.com`;
}

/** With a path, as a page of the simulator is pasted. */
function readSimulator(typed: string, simulatorOrigin: string | undefined): string | undefined {
  if (simulatorOrigin === undefined || !/^http:\/\/[a-z0-9.:[\]]+(\/[\w/.-]*)?$/.test(typed))
    return undefined;
  return URL.canParse(typed) ? readSalesforceOrigin(new URL(typed).origin, simulatorOrigin) : undefined;
}
