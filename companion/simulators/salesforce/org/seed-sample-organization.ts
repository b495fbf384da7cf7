import { corporateCurrency, currencyRates } from '../schema/currency-rates.ts';
import { insertRecord } from './insert-record.ts';
import { describeSampleAccounts } from './sample-accounts.ts';
import { sampleContacts } from './sample-contacts.ts';
import { sampleOpportunities } from './sample-opportunities.ts';
import { DAY_IN_MS } from './salesforce-times.ts';
import { describeUser, userNames } from './sample-users.ts';
import type { SimulatedOrg } from './simulated-org.ts';

const firstDay = Date.UTC(2024, 4, 13, 8, 12, 31);

/** Fills an empty org: its users, its currencies, and the sample companies with a few of their people. */
export function seedSampleOrganization(org: SimulatedOrg): void {
  const { users, store } = org;
  for (const name of userNames) store.put('User', users[name].id, describeUser(users[name], users.admin.id));
  store.put('Organization', org.identity.organizationId, describeOrganization(org));
  for (const { code, rate, decimals } of currencyRates) {
    const isCorporate = code === corporateCurrency;
    const values = { IsoCode: code, ConversionRate: rate, DecimalPlaces: decimals, IsCorporate: isCorporate };
    insertRecord(
      org,
      'CurrencyType',
      { ...values, IsActive: true },
      { userId: users.admin.id, at: firstDay },
    );
  }
  seedAccounts(org);
  store.commit();
}

function seedAccounts(org: SimulatedOrg): void {
  describeSampleAccounts(org.installed.namespace).forEach((values, index) => {
    const owner = index % 5 === 4 ? org.users.admin : org.users.rep;
    const options = { userId: owner.id, at: firstDay + index * DAY_IN_MS };
    const accountId = insertRecord(org, 'Account', values, options);
    for (const contact of sampleContacts(index)) {
      insertRecord(org, 'Contact', { ...contact, AccountId: accountId }, options);
    }
    for (const opportunity of sampleOpportunities(String(values.Name), index)) {
      insertRecord(org, 'Opportunity', { ...opportunity, AccountId: accountId }, options);
    }
  });
}

function describeOrganization(org: SimulatedOrg): Record<string, string | boolean> {
  return {
    Id: org.identity.organizationId,
    Name: 'Larkfield Systems',
    Street: '1 Market Street',
    City: 'San Francisco',
    State: 'CA',
    PostalCode: '94105',
    Country: 'US',
    PrimaryContact: 'Amina Okafor',
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: 'America/New_York',
    OrganizationType: 'Developer Edition',
    InstanceName: 'SIM1',
    IsSandbox: org.identity.sandboxName !== undefined,
    CreatedDate: '2024-03-04T09:00:00.000+0000',
    CreatedById: org.users.admin.id,
    LastModifiedDate: '2024-03-04T09:00:00.000+0000',
    LastModifiedById: org.users.admin.id,
    SystemModstamp: '2024-03-04T09:00:00.000+0000',
  };
}
