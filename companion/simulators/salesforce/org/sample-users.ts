import { formatTime } from './salesforce-times.ts';
import { makeId } from './salesforce-ids.ts';
import type { Changes } from '../store/stored-record.ts';

/** Whom a session can be opened for. */
export const userNames = ['integration', 'admin', 'rep'] as const;
export type UserName = (typeof userNames)[number];

/** A person, or a machine, that can sign in. */
export interface SampleUser {
  id: string;
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  title: string;
}

type Person = Omit<SampleUser, 'id'>;

const people: Record<UserName, Person> = {
  integration: {
    firstName: 'Upflow',
    lastName: 'Integration',
    username: 'upflow.integration@larkfield-systems.example',
    email: 'upflow.integration@larkfield-systems.example',
    title: 'API only',
  },
  admin: {
    firstName: 'Amina',
    lastName: 'Okafor',
    username: 'amina.okafor@larkfield-systems.example',
    email: 'amina.okafor@larkfield-systems.example',
    title: 'Salesforce administrator',
  },
  rep: {
    firstName: 'Ruben',
    lastName: 'Castellanos',
    username: 'ruben.castellanos@larkfield-systems.example',
    email: 'Ruben.Castellanos@larkfield-systems.example',
    title: 'Account executive',
  },
};

/**
 * The org's users. Their ids depend on the org alone, so that sessions outlive a reset. A sandbox's usernames end with
 * its name, as no username is given twice in the world.
 */
export function makeUsers(pod: string, sandboxName?: string): Record<UserName, SampleUser> {
  const suffix = sandboxName === undefined ? '' : `.${sandboxName}`;
  const withId = (name: UserName): SampleUser => ({
    id: makeId('005', pod, userNames.indexOf(name) + 1),
    ...people[name],
    username: people[name].username + suffix,
  });
  return { integration: withId('integration'), admin: withId('admin'), rep: withId('rep') };
}

/** A user as a row of the User object. */
export function describeUser(user: SampleUser, adminId: string): Changes {
  const created = formatTime(Date.UTC(2024, 2, 4, 9, 30));
  return {
    Id: user.id,
    Username: user.username,
    FirstName: user.firstName,
    LastName: user.lastName,
    Name: `${user.firstName} ${user.lastName}`,
    Title: user.title,
    Email: user.email,
    Alias: (user.firstName.charAt(0) + user.lastName.slice(0, 4)).toLowerCase(),
    IsActive: true,
    UserType: 'Standard',
    TimeZoneSidKey: 'America/New_York',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    CreatedDate: created,
    CreatedById: adminId,
    LastModifiedDate: created,
    LastModifiedById: adminId,
    SystemModstamp: created,
  };
}
