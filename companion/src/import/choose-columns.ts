import type { Connection as Calls } from 'jsforce';
import { z } from 'zod';
import { kindOf, type SharedIdentifier } from '../connect/connection.ts';
import { findPackagePrefix } from '../salesforce/describe-account.ts';
import {
  CONTACT_FIELDS,
  listFieldsOf,
  type Column,
  type ImportColumns,
  type ImportSettings,
} from '../connect/import-settings.ts';

const describedSchema = z.looseObject({
  fields: z.array(z.looseObject({ name: z.string(), type: z.string() })),
});

/** Asks the org for what is needed of its fields: one call, two with contacts. */
export async function chooseColumns(
  calls: Calls,
  identifier: SharedIdentifier,
  settings: ImportSettings,
): Promise<ImportColumns> {
  const account = await describe(calls, 'Account');
  const contact = settings.contacts ? await describe(calls, 'Contact') : [];
  const prefix = findPackagePrefix(account.map(({ name }) => name)) ?? '';
  const accountColumns = pick(account, listFieldsOf(settings, 'customer'));
  const contactColumns = pick(contact, settings.contacts ? listFieldsOf(settings, 'contact') : []);
  const hidden = CONTACT_FIELDS.filter((field) => !contact.some(({ name }) => name === field));
  return {
    identifier: find(account, identifier.salesforce, prefix)?.name ?? identifier.salesforce,
    kind: kindOf(identifier),
    currency: account.some(({ name }) => name === 'CurrencyIsoCode'),
    account: accountColumns.found,
    contact: contactColumns.found,
    contactBase: CONTACT_FIELDS.filter((field) => !hidden.includes(field)),
    missing: [
      ...accountColumns.missing.map((field) => `Account.${field}`),
      ...contactColumns.missing.map((field) => `Contact.${field}`),
      ...(settings.contacts ? hidden.map((field) => `Contact.${field}`) : []),
    ],
  };
}

async function describe(calls: Calls, object: string): Promise<Column[]> {
  const { fields } = describedSchema.parse(await calls.sobject(object).describe());
  return fields.map(({ name, type }) => ({ name, type }));
}

function find(fields: readonly Column[], wanted: string, prefix: string): Column | undefined {
  const is = (name: string) => (field: Column) => field.name.toLowerCase() === name.toLowerCase();
  return fields.find(is(wanted)) ?? fields.find(is(prefix + wanted));
}

function pick(fields: readonly Column[], wanted: readonly string[]) {
  const found = wanted.map((name) => ({ name, field: find(fields, name, '') }));
  return {
    found: found.flatMap(({ field }) => field ?? []),
    missing: found.filter(({ field }) => field === undefined).map(({ name }) => name),
  };
}
