/**
 * The companies that both simulators know: Accounts in the Salesforce simulator, and, as far as they have a shared
 * identifier, customers in the Upflow simulator. All invented, except that the first one follows Salesforce's own sample.
 */
export interface SampleCompany {
  name: string;
  /** What names the same customer on both sides; null for the two Accounts that Upflow does not know. */
  sharedIdentifier: string | null;
  /** ISO 3166-1 name, as Salesforce shows it. */
  country: string;
  city: string;
  /** ISO 4217 code of the customer's invoices. */
  currency: string;
  industry: string;
  employees: number;
}

type Row = [
  name: string,
  sharedIdentifier: string | null,
  country: string,
  city: string,
  industry: string,
  employees: number,
];

const rows: Row[] = [
  ['Edge Communications', '285', 'United States', 'Austin', 'Electronics', 1000],
  ['Halden & Voss Freight', '286', 'Germany', 'Hamburg', 'Transportation', 420],
  ['Lumière du Nord', '00912', 'France', 'Lille', 'Retail', 85],
  ['Northshore Dental Group', 'NS-4471', 'Canada', 'Halifax', 'Healthcare', 260],
  ['Tamarack Robotics', '301', 'United States', 'Minneapolis', 'Machinery', 150],
  ['Oakhurst Linen Supply', '0317', 'United Kingdom', 'Leeds', 'Hospitality', 64],
  ['Brightwater Bottling', '322', 'United States', 'Portland', 'Food & Beverage', 730],
  ['Kestrel Aviation Parts', 'KAP-20018', 'Ireland', 'Shannon', 'Manufacturing', 210],
  ['Casa Ferreira Azulejos', '340', 'Portugal', 'Porto', 'Construction', 38],
  ['Yamabuki Precision', '00345', 'Japan', 'Nagoya', 'Manufacturing', 1250],
  ['Meridian Tutoring', 'MT-77', 'Australia', 'Brisbane', 'Education', 45],
  ['Solvang Wind Services', '358', 'Denmark', 'Esbjerg', 'Energy', 540],
  ['Pampa Logística', '361', 'Argentina', 'Rosario', 'Shipping', 190],
  ['Grünwald Apotheken', 'DE-10442', 'Germany', 'Munich', 'Healthcare', 310],
  ['Copperline Telecom', '377', 'United States', 'Denver', 'Telecommunications', 2100],
  ['Vallée Verte Traiteur', '0380', 'France', 'Lyon', 'Food & Beverage', 27],
  ['Saltmarsh Publishing', 'SM-3905', 'United Kingdom', 'Norwich', 'Media', 58],
  ['Atelier Broussard', '394', 'Canada', 'Montréal', 'Apparel', 72],
  ['Harbor Street Credit Union', '402', 'United States', 'Baltimore', 'Finance', 330],
  ['Van der Meulen Kassen', 'NL-5563', 'Netherlands', 'Westland', 'Agriculture', 140],
  ['Quarry Ridge Concrete', '00418', 'United States', 'Knoxville', 'Construction', 95],
  ['Fjellheim Consulting', '427', 'Norway', 'Bergen', 'Consulting', 110],
  ['Bellweather Insurance Brokers', 'BIB-0093', 'United States', 'Hartford', 'Insurance', 480],
  ['Ōtaki Timber Co-operative', '439', 'New Zealand', 'Ōtaki', 'Manufacturing', 66],
  ['Santoro Macchine', 'IT-8812', 'Italy', 'Modena', 'Machinery', 175],
  ['Pinecrest Animal Hospital', null, 'United States', 'Boise', 'Healthcare', 33],
  ['Ravensworth Estates', null, 'United Kingdom', 'York', 'Other', 12],
];

export const sampleCompanies: readonly SampleCompany[] = rows.map(
  ([name, sharedIdentifier, country, city, industry, employees]) => ({
    name,
    sharedIdentifier,
    country,
    city,
    currency: 'USD',
    industry,
    employees,
  }),
);
