import { userNames, type UserName } from '../org/sample-users.ts';
import { nameOf, readPerson } from '../org/read-person.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readLook, type Look } from './page-options.ts';

/** Who looks at a page, and how; chosen in the page's address and kept by every link on it. */
export interface Reader {
  user: UserName;
  name: string;
  look: Look;
  /** The parameters of the address that say so. */
  choices: Readonly<Record<string, string>>;
  /** Everybody whose eyes the org can be seen with. */
  others: readonly { user: UserName; name: string }[];
}

const USUAL_USER: UserName = 'rep';
const CHOICES = ['user', 'theme', 'scheme', 'dir', 'lang', 'locale'];

/** Reads who looks at a page from its address. */
export function readReader(query: Record<string, unknown>, nameUser: (user: UserName) => string): Reader {
  const user = userNames.find((name) => name === query.user) ?? USUAL_USER;
  const choices = CHOICES.flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    user,
    name: nameUser(user),
    look: readLook(query),
    choices: Object.fromEntries(choices),
    others: userNames.map((other) => ({ user: other, name: nameUser(other) })),
  };
}

/** An address within the simulator that keeps who looks at it. */
export function linkTo(reader: Reader, path: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...reader.choices, ...parameters });
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The page of a record. */
export function linkToRecord(reader: Reader, object: string, id: string): string {
  return linkTo(reader, `/lightning/r/${object}/${encodeURIComponent(id)}/view`);
}

/** The full names of an org's users. */
export function nameUserOf(org: SimulatedOrg): (user: UserName) => string {
  return (user) => nameOf(readPerson(org, user));
}
