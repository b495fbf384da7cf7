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

/** Contacts cannot be judged without a field that our user does not see: nothing of them is read, or sent. */
export class ContactFieldsHidden extends Error {
  constructor(fields: readonly string[]) {
    super(`The integration user cannot see ${fields.map((field) => `Contact.${field}`).join(', ')}`);
    this.name = 'ContactFieldsHidden';
  }
}

/**
 * Asks the org for what is needed of its fields: one call, two with contacts.
 *
 * @throws {ContactFieldsHidden} when contacts are to be imported, and a field that they all are read with is hidden
 */
export async function chooseColumns(
  calls: Calls,
  identifier: SharedIdentifier,
  settings: ImportSettings,
): Promise<ImportColumns> {
  const account = await describe(calls, 'Account');
  const contact = settings.contacts ? await describe(calls, 'Contact') : [];
  const prefix = findPackagePrefix(account.map(({ name }) => name)) ?? '';
  if (settings.contacts) refuseHidden(contact, settings);
  return {
    identifier: find(account, identifier.salesforce, prefix)?.name ?? identifier.salesforce,
    kind: kindOf(identifier),
    currency: account.some(({ name }) => name === 'CurrencyIsoCode'),
    account: pick(account, listFieldsOf(settings, 'customer')),
    contact: pick(contact, settings.contacts ? listFieldsOf(settings, 'contact') : []),
  };
}

function refuseHidden(contact: readonly Column[], { filter, positions }: ImportSettings): void {
  const needed = [...CONTACT_FIELDS, ...[filter?.field ?? [], positions?.field ?? []].flat()];
  const hidden = needed.filter((field) => find(contact, field, '') === undefined);
  if (hidden.length > 0) throw new ContactFieldsHidden(hidden);
}

async function describe(calls: Calls, object: string): Promise<Column[]> {
  const { fields } = describedSchema.parse(await calls.sobject(object).describe());
  return fields.map(({ name, type }) => ({ name, type }));
}

function find(fields: readonly Column[], wanted: string, prefix: string): Column | undefined {
  const is = (name: string) => (field: Column) => field.name.toLowerCase() === name.toLowerCase();
  return fields.find(is(wanted)) ?? fields.find(is(prefix + wanted));
}

function pick(fields: readonly Column[], wanted: readonly string[]): Column[] {
  return wanted.flatMap((name) => find(fields, name, '') ?? []);
}
