import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that may be connected to. */
export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/** Why a webhook's address may not be used, as a sentence. */
export class AddressRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefused';
  }
}

export type ResolveHost = (host: string) => Promise<{ address: string; family: number }[]>;

export interface AddressRules {
  /** Lets in private addresses, other ports and http: for hosts of the operator's own. */
  allowPrivate: boolean;
  resolve?: ResolveHost;
}

const resolveByDns: ResolveHost = (host) => lookup(host, { all: true, order: 'verbatim' });

/** Where IPv6 addresses of the public internet begin; everything else is local, mapped or reserved. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** Whether an address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/**
 * Reads a webhook's address: https, port 443, no credentials.
 *
 * @throws {AddressRefused}
 */
export function readWebhookUrl(text: string, allowPrivate: boolean): URL {
  if (!URL.canParse(text)) throw new AddressRefused('This is no address.');
  const url = new URL(text);
  const isAllowed = url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:');
  if (!isAllowed) throw new AddressRefused('The address must begin with https://.');
  if (url.username !== '' || url.password !== '')
    throw new AddressRefused('The address must not hold a user name or a password.');
  if (url.port !== '' && !allowPrivate)
    throw new AddressRefused('Only the usual port of https, 443, is used.');
  return url;
}

/**
 * Finds out where a webhook's host is. All of its addresses must be public: one that is not may be the next answer.
 *
 * @throws {AddressRefused}
 */
export async function checkHost(
  url: URL,
  { allowPrivate, resolve = resolveByDns }: AddressRules,
): Promise<CheckedAddress> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses =
    family === 0
      ? await resolve(host).catch(() => {
          throw new AddressRefused('The host of the address is not known.');
        })
      : [{ address: host, family }];
  const [first] = addresses;
  if (first === undefined) throw new AddressRefused('The host of the address is not known.');
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new AddressRefused('The host is on a private network, where alerts are not sent.');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
