import { sampleCompanies, type SampleCompany } from '../../sample-companies.ts';
import type { Changes } from '../store/stored-record.ts';

const streets = [
  'Mill Lane',
  'Station Road',
  'Harbour Street',
  'Rue des Tanneurs',
  'Industrieweg',
  'Kirchplatz',
  'Oak Avenue',
];
const types = ['Customer - Direct', 'Customer - Channel', 'Prospect'];
const ratings = ['Hot', 'Warm', 'Cold'];
const dialling: Record<string, string> = {
  'United States': '+1 (512) 757-',
  Canada: '+1 (514) 555-',
  Germany: '+49 40 6687-',
  France: '+33 4 72 10 ',
  'United Kingdom': '+44 113 496 ',
  Japan: '+81 52 331-',
};

function pick<T>(list: readonly [T, ...T[]] | T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('The list of sample values is empty.');
  return item;
}

function makeWebsite(name: string): string {
  const host = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `https://www.${host}.example`;
}

/** A sample company as an Account. Its number in the CRM is deliberately not its shared identifier. */
function describeAccount(company: SampleCompany, index: number, namespace: string): Changes {
  const phone = `${dialling[company.country] ?? '+31 20 794 '}${6000 + index * 37}`;
  return {
    Name: company.name,
    Type: pick(types, index),
    AccountNumber: `CRM-${10_431 + index * 7}`,
    Industry: company.industry,
    NumberOfEmployees: company.employees,
    AnnualRevenue: company.employees * 142_000,
    BillingStreet: `${12 + index * 9} ${pick(streets, index)}`,
    BillingCity: company.city,
    BillingPostalCode: `${10_200 + index * 811}`,
    BillingCountry: company.country,
    ShippingCity: company.city,
    ShippingCountry: company.country,
    Phone: phone,
    Website: makeWebsite(company.name),
    Rating: pick(ratings, index),
    Ownership: index % 4 === 0 ? 'Public' : 'Private',
    ERP_Code__c: `ERP-${String(7000 + index)}`,
    Customer_Tier__c: pick(['Gold', 'Silver', 'Bronze'], index),
    [`${namespace}__Shared_Identifier__c`]: company.sharedIdentifier,
  };
}

/** The Accounts of the sample organization. */
export function describeSampleAccounts(namespace: string): Changes[] {
  return sampleCompanies.map((company, index) => describeAccount(company, index, namespace));
}
