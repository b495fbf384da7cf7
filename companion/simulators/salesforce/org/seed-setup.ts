import { installPermissionSets } from '../access/install-permission-sets.ts';
import { seedPermissions } from '../access/seed-permissions.ts';
import { currencyRates } from '../schema/currency-rates.ts';
import { defineMetadataViews } from '../schema/metadata-views.ts';
import { opportunityStages } from '../schema/opportunity-stages.ts';
import { applyRecordTypes } from '../schema/record-types.ts';
import { registerCustomFields } from '../schema/register-custom-fields.ts';
import type { Changes } from '../store/stored-record.ts';
import { insertRecord } from './insert-record.ts';
import { makeId } from './salesforce-ids.ts';
import { describeUser, userNames } from './sample-users.ts';
import type { SimulatedOrg } from './simulated-org.ts';

/**
 * Sets the org up as far as it is not yet, and brings what the package installs up to date. It runs at every start, so
 * that an org kept from before gets what has been added to the package or to the simulator since.
 */
export function bringSetupUpToDate(org: SimulatedOrg): void {
  defineMetadataViews(org);
  registerCustomFields(org);
  installPermissionSets(org);
  if (org.store.rows('Profile').size === 0) seedSetup(org);
  applyRecordTypes(org);
  org.store.commit();
}

function seedSetup(org: SimulatedOrg): void {
  seedPermissions(org);
  seedFormerUser(org);
  seedStages(org);
  seedQueue(org);
  seedDatedRates(org);
  const role = insert(org, 'UserRole', { Name: 'Finance and Sales', DeveloperName: 'FinanceandSales' });
  for (const name of userNames) {
    if (name !== 'integration') org.store.put('User', org.users[name].id, { UserRoleId: role });
  }
  const license = {
    MasterLabel: 'Salesforce API Integration',
    DeveloperName: 'SalesforceAPIIntegrationPsl',
    PermissionSetLicenseKey: 'SalesforceAPIIntegrationPsl',
    TotalLicenses: 5,
    UsedLicenses: 1,
    Status: 'Active',
  };
  insert(org, 'PermissionSetLicense', license);
}

function insert(org: SimulatedOrg, object: string, values: Changes): string {
  return insertRecord(org, object, values, { userId: org.users.admin.id });
}

/** Somebody who has left: records can still name them, and cannot be given to them. */
function seedFormerUser(org: SimulatedOrg): void {
  const id = makeId('005', org.identity.pod, userNames.length + 1);
  const username = 'former.colleague@larkfield-systems.example';
  const person = { firstName: 'Noor', lastName: 'Haddad', title: 'Account executive' };
  const user = describeUser({ id, username, email: username, ...person }, org.users.admin.id);
  const { ProfileId = null } = org.store.get('User', org.users.rep.id) ?? {};
  org.store.put('User', id, { ...user, IsActive: false, ProfileId });
}

function seedStages(org: SimulatedOrg): void {
  opportunityStages.forEach((stage, index) => {
    insert(org, 'OpportunityStage', {
      MasterLabel: stage.name,
      ApiName: stage.name,
      IsActive: true,
      SortOrder: index + 1,
      IsClosed: stage.isClosed,
      IsWon: stage.isWon,
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
      DefaultProbability: stage.probability,
    });
  });
}

/** Accounts cannot belong to a queue; the admin's own object can. */
function seedQueue(org: SimulatedOrg): void {
  const queue = { Name: 'Collections', DeveloperName: 'Collections', Type: 'Queue' };
  const queueId = insert(org, 'Group', queue);
  insert(org, 'QueueSobject', { QueueId: queueId, SobjectType: 'UpsertTable__c' });
}

/** A rate for the past and one from this year on, for each currency. */
function seedDatedRates(org: SimulatedOrg): void {
  for (const { code, rate } of currencyRates) {
    const former = { StartDate: '1900-01-01', NextStartDate: '2026-01-01' };
    const formerRate = Math.round(rate * 1.05 * 1e6) / 1e6;
    insert(org, 'DatedConversionRate', {
      IsoCode: code,
      ...former,
      ConversionRate: rate === 1 ? 1 : formerRate,
    });
    const present = { StartDate: '2026-01-01', NextStartDate: '9999-12-31' };
    insert(org, 'DatedConversionRate', { IsoCode: code, ...present, ConversionRate: rate });
  }
}
