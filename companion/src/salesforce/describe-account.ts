import type { Connection, DescribeSObjectResult } from 'jsforce';
import { SalesforceCallError } from './call-error.ts';

export interface AccountField {
  name: string;
  label: string;
  /** As describe has it: `string`, `textarea`, `picklist`, `currency`, `double` … */
  type: string;
  /** What describe adds to a type: `plaintextarea`, `richtextarea` … ; null for most types. */
  extraTypeInfo: string | null;
  /** Characters that a text holds; 0 for what is no text. */
  length: number;
  /** Digits of a number in all, and of a whole number. */
  precision: number;
  digits: number;
  /** Digits after the decimal point; 0 for anything but numbers. */
  scale: number;
  /** The admin's own, or a package's. */
  custom: boolean;
  updateable: boolean;
  nillable: boolean;
  calculated: boolean;
  autoNumber: boolean;
  /** A rich text, whose value is HTML. */
  htmlFormatted: boolean;
  unique: boolean;
  /** The values that a restricted picklist takes; undefined where any value is taken. */
  allowedValues: readonly string[] | undefined;
}

/** What the companion needs to know of an org before it reads or writes Accounts there. */
export interface AccountDescription {
  /** `upflow__` where the package is managed, empty where its source was deployed as it is. */
  packagePrefix: string;
  /** The fields our user can see, by lower-case API name. */
  fields: ReadonlyMap<string, AccountField>;
  /** Units of each active currency per unit of the org's own; undefined in a single-currency org. */
  conversionRates: ReadonlyMap<string, number> | undefined;
}

/** Two fields that only our package has together; what stands before them is its namespace. */
const LANDMARKS = ['Customer_Id__c', 'Sync_Status__c'];

/**
 * Reads the Account object as our user sees it: fields without field-level security are absent.
 *
 * @throws {SalesforceCallError} `package-missing` when none of our fields is there
 */
export async function describeAccount(connection: Connection): Promise<AccountDescription> {
  const described = await connection.sobject('Account').describe();
  const fields = new Map(described.fields.map((field) => [field.name.toLowerCase(), readField(field)]));
  const packagePrefix = findPackagePrefix(described.fields.map(({ name }) => name));
  if (packagePrefix === undefined) {
    throw new SalesforceCallError('package-missing', 'The Account object shows none of the Upflow fields');
  }
  const conversionRates = fields.has('currencyisocode') ? await readConversionRates(connection) : undefined;
  return { packagePrefix, fields, conversionRates };
}

function readField(field: DescribeSObjectResult['fields'][number]): AccountField {
  const { name, label, type, length, precision, digits, scale, custom, updateable, nillable } = field;
  const { calculated, autoNumber, unique, restrictedPicklist, picklistValues } = field;
  return {
    name,
    label,
    type,
    extraTypeInfo: field.extraTypeInfo ?? null,
    length,
    precision,
    digits,
    scale,
    custom,
    updateable,
    nillable,
    calculated,
    autoNumber,
    htmlFormatted: field.htmlFormatted,
    unique,
    allowedValues: restrictedPicklist
      ? readActiveValues(picklistValues as { active: boolean; value: string }[] | null | undefined)
      : undefined,
  };
}

function readActiveValues(values: { active: boolean; value: string }[] | null | undefined): string[] {
  return (values ?? []).filter(({ active }) => active).map(({ value }) => value);
}

/** Finds a field by API name; a field of our package also by its name without the namespace. */
export function findField(
  { packagePrefix, fields }: AccountDescription,
  name: string,
): AccountField | undefined {
  return fields.get(name.toLowerCase()) ?? fields.get(`${packagePrefix}${name}`.toLowerCase());
}

/** Finds a field of our package by its name without the namespace, also where the admin has one of that name. */
export function findPackageField(
  { packagePrefix, fields }: AccountDescription,
  name: string,
): AccountField | undefined {
  return fields.get(`${packagePrefix}${name}`.toLowerCase());
}

/** What stands before the names of our fields; undefined where none of them is there. */
export function findPackagePrefix(names: readonly string[]): string | undefined {
  const known = new Set(names);
  return names
    .filter((name) => name.endsWith(LANDMARKS[0] ?? ''))
    .map((name) => name.slice(0, -(LANDMARKS[0] ?? '').length))
    .filter((prefix) => prefix === '' || /^\w+__$/.test(prefix))
    .find((prefix) => LANDMARKS.every((landmark) => known.has(prefix + landmark)));
}

async function readConversionRates(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const { records } = await connection.query<{ IsoCode: string; ConversionRate: number }>(
    'SELECT IsoCode, ConversionRate FROM CurrencyType WHERE IsActive = true',
  );
  return new Map(records.map(({ IsoCode, ConversionRate }) => [IsoCode, ConversionRate]));
}
