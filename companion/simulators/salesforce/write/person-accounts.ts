import type { RowError } from '../http/api-error.ts';
import { changeRecord, insertRecord } from '../org/insert-record.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';
import { refuseFields } from './check-permission.ts';
import { previewField, type Draft } from './draft.ts';

const nameParts = ['FirstName', 'LastName', 'Salutation', 'MiddleName', 'Suffix'];
/** Fields that Account and Contact both have, and that are one and the same for a person. */
const sharedFields = ['OwnerId', 'Phone', 'Fax', 'CurrencyIsoCode'];

/** Whether the draft is of an Account in an org where an Account can be a person. */
function knowsPersons({ context, object }: Draft): boolean {
  return context.org.settings.personAccounts && object.schema.name === 'Account';
}

/** Whether the record is a person rather than a company, which its record type says. */
function isPersonAccount(draft: Draft): boolean {
  if (!knowsPersons(draft)) return false;
  const recordTypeId = previewField(draft, 'RecordTypeId');
  return draft.context.org.store.get('RecordType', String(recordTypeId))?.IsPersonType === true;
}

/**
 * The field that names the record and that it cannot be without: describe says of an org with person accounts that Name
 * may be blank, and means the persons. Null where the object's definition says it all.
 */
export function requiredName(draft: Draft): 'Name' | 'LastName' | null {
  if (!knowsPersons(draft)) return null;
  return isPersonAccount(draft) ? 'LastName' : 'Name';
}

/** A person's Name follows from its parts and cannot be written; a company has no such parts. */
export function checkPersonFields(draft: Draft): RowError[] {
  if (!knowsPersons(draft)) return [];
  const isForOthers = isPersonAccount(draft) ? (name: string) => name === 'Name' : isPersonal;
  const refused = draft.input.fields
    .map((field) => field.name)
    .filter((name) => isForOthers(name) && (draft.input.changes[name] ?? null) !== null);
  return refused.length === 0 ? [] : [refuseFields(refused)];
}

function isPersonal(name: string): boolean {
  return nameParts.includes(name) || name.startsWith('Person') || name.endsWith('__pc');
}

/** Keeps the hidden Contact of a person in step with the Account, and makes it where it is not there yet. */
export function syncPersonContact(draft: Draft): void {
  const { context, id } = draft;
  if (id === null || !isPersonAccount(draft)) return;
  const { org, userId } = context;
  const account = org.store.get('Account', id) ?? {};
  const values = { ...describeContact(draft, account), AccountId: id };
  const known = account.PersonContactId;
  const contactId = known === undefined ? insertRecord(org, 'Contact', values, { userId }) : String(known);
  if (known !== undefined) changeRecord(org, 'Contact', contactId, values, userId);
  const mark = org.schema.get('contact')?.fields.has('ispersonaccount') === true;
  if (mark) org.store.put('Contact', contactId, { IsPersonAccount: true });
  const name = [account.FirstName, account.MiddleName, account.LastName, account.Suffix];
  org.store.put('Account', id, {
    Name: name.filter((part) => part !== undefined).join(' '),
    IsPersonAccount: true,
    PersonContactId: contactId,
  });
}

/** The Contact's fields that the Account has as well, under names of its own. */
function describeContact({ context, object }: Draft, account: StoredRecord): Changes {
  const contactFields = context.org.schema.get('contact')?.fields;
  const pairs = [...object.schema.fields.values()].map(({ name }) => [name, nameOnContact(name)] as const);
  return Object.fromEntries(
    pairs
      .filter(([, onContact]) => onContact !== null && contactFields?.get(onContact.toLowerCase())?.writable)
      .map(([name, onContact]) => [onContact, account[name] ?? null]),
  ) as Changes;
}

/** `PersonEmail` is the Contact's Email, and `Language__pc` its Language__c. */
function nameOnContact(name: string): string | null {
  if (nameParts.includes(name) || sharedFields.includes(name)) return name;
  if (name.endsWith('__pc')) return name.replace(/__pc$/, '__c');
  return name.startsWith('Person') ? name.slice('Person'.length) : null;
}
