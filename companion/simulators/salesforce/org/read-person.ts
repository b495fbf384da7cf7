import type { SampleUser, UserName } from './sample-users.ts';
import type { SimulatedOrg } from './simulated-org.ts';

/** A user as the record of the user has them at present: an admin may have changed a name or an address there. */
export function readPerson(org: SimulatedOrg, name: UserName): SampleUser {
  const user = org.users[name];
  const row = org.store.get('User', user.id) ?? {};
  const read = (field: string, otherwise: string): string => {
    const value = row[field];
    return typeof value === 'string' ? value : otherwise;
  };
  return {
    id: user.id,
    firstName: read('FirstName', ''),
    lastName: read('LastName', user.lastName),
    username: read('Username', user.username),
    email: read('Email', user.email),
    title: read('Title', ''),
  };
}

/** The first and the last name, or the last name of who has no other. */
export function nameOf({ firstName, lastName }: SampleUser): string {
  return `${firstName} ${lastName}`.trim();
}
