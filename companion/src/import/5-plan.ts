import { createHash } from 'node:crypto';
import type { ImportedContact, ImportedCustomer, Owner } from '../store/import-customers.ts';
import type { Skip } from '../store/import-skips.ts';
import type { ContactToSave } from '../upflow/contacts.ts';
import { toUpflowValue } from './convert-value.ts';
import { checkEmail } from './check-email.ts';
import type { ImportedField, ImportSettings, PositionMapping } from '../connect/import-settings.ts';

/** A contact as Upflow is to have it. */
export interface WantedContact {
  contactId: string;
  emailKey: string;
  contact: ContactToSave;
  digest: string;
}

/** What a customer is to have in Upflow. */
export interface Plan {
  /** Who is to be assigned; null leaves whoever is. */
  owner: (Owner & { email: string }) | null;
  /** Values that differ from what was sent; null clears. */
  fields: { id: string; value: string | number | boolean | null }[];
  /** Digests of the values that Upflow has afterwards. */
  fieldDigests: Record<string, string>;
  /** Oldest first; the first is the main one. */
  contacts: WantedContact[];
  /** Whether these contacts are to stand in place of all others. */
  takesContacts: boolean;
  skips: Skip[];
}

/** Decides what a customer is to have in Upflow. Nothing is asked or sent here. */
export function planCustomer(customer: ImportedCustomer, settings: ImportSettings): Plan {
  const { account, accountId, trouble } = customer;
  const skips: Skip[] = [];
  const skip = (kind: Skip['kind'], recordId: string, code: string) =>
    skips.push({ customerId: customer.customerId, kind, recordId, code, detail: null });
  const isImporting = settings.owners || settings.contacts || settings.fields.length > 0;
  if (isImporting && account === null) skip('customer', accountId ?? '', trouble ?? 'account-gone');
  const owner = settings.owners && account !== null ? planOwner(account.ownerId, customer.owner, skip) : null;
  const fields = planFields(customer, settings.fields, skip);
  const contacts =
    settings.contacts && account !== null ? planContacts(customer.contacts, settings, skip) : [];
  return { owner, ...fields, contacts, takesContacts: contacts.length > 0, skips };
}

type TellSkip = (kind: Skip['kind'], recordId: string, code: string) => void;

/** Key prefix of groups, of which queues are a kind. */
const GROUP = '00G';

function planOwner(ownerId: string | null, owner: Owner | null, skip: TellSkip): Plan['owner'] {
  if (ownerId === null) return null;
  const { email } = owner ?? {};
  if (ownerId.startsWith(GROUP)) skip('owner', ownerId, 'owner-queue');
  else if (owner === null) skip('owner', ownerId, 'owner-hidden');
  else if (!owner.active) skip('owner', ownerId, 'owner-inactive');
  else if (email == null || 'trouble' in checkEmail(email)) skip('owner', ownerId, 'owner-no-email');
  else return { ...owner, email: email.trim() };
  return null;
}

function planFields(
  { account, sentFields }: ImportedCustomer,
  chosen: readonly ImportedField[],
  skip: TellSkip,
): Pick<Plan, 'fields' | 'fieldDigests'> {
  const fields: Plan['fields'] = [];
  const fieldDigests: Record<string, string> = {};
  const wanted = account === null ? [] : chosen.filter(({ level }) => level === 'customer');
  for (const { field, upflowId, upflowType } of wanted) {
    const before = sentFields[upflowId];
    const cell = account?.values[field];
    if (cell === undefined) {
      skip('field', field, 'field-hidden');
      if (before !== undefined) fieldDigests[upflowId] = before;
      continue;
    }
    const value = toUpflowValue(cell, upflowType);
    if (value === null && cell.trim() !== '') skip('field', field, 'value-of-other-type');
    if (value !== null) fieldDigests[upflowId] = digestOf(value);
    if (before !== fieldDigests[upflowId]) fields.push({ id: upflowId, value });
  }
  const kept = new Set(wanted.map(({ upflowId }) => upflowId));
  for (const id of Object.keys(sentFields)) if (!kept.has(id)) fields.push({ id, value: null });
  return { fields, fieldDigests };
}

/** @param contacts of one Account, oldest first */
function planContacts(
  contacts: readonly ImportedContact[],
  settings: ImportSettings,
  skip: TellSkip,
): WantedContact[] {
  const wanted: WantedContact[] = [];
  for (const contact of contacts) {
    if (contact.trouble !== null) {
      // Whoever filters knows that the others are left out.
      if (contact.trouble !== 'outside-filter') skip('contact', contact.id, contact.trouble);
    } else if (contact.emailKey === null) {
      skip('contact', contact.id, 'no-email');
    } else if (contact.beatenBy !== null) {
      skip('contact', contact.id, 'email-taken');
    } else {
      const shape = shapeContact(contact, settings, wanted.length === 0);
      wanted.push({
        contactId: contact.id,
        emailKey: contact.emailKey,
        contact: shape,
        digest: digestOf(shape),
      });
    }
  }
  return wanted;
}

function shapeContact(
  { id, email, firstName, lastName, title, phone, values }: ImportedContact,
  { fields, positions }: ImportSettings,
  isMain: boolean,
): ContactToSave {
  const customFields = fields.flatMap(({ level, field, upflowId, upflowType }) => {
    const cell = level === 'contact' ? values[field] : undefined;
    return cell === undefined ? [] : [{ id: upflowId, value: toUpflowValue(cell, upflowType) }];
  });
  return {
    externalId: id,
    email: email.trim(),
    firstName: firstName === '' ? null : firstName,
    lastName: lastName === '' ? null : lastName,
    jobTitle: title === '' ? null : title,
    phone: phone === '' ? null : phone,
    isMain,
    ...(positions === null ? {} : { position: positionOf(values, positions) }),
    ...(customFields.length === 0 ? {} : { customFields }),
  };
}

/** What the field's value stands for; a value that stands for nothing gives no position. */
function positionOf(
  values: Readonly<Record<string, string>>,
  { field, table }: PositionMapping,
): string | null {
  const value = (values[field] ?? '').trim();
  if (value === '') return null;
  if (table === null) return value;
  const entry = Object.entries(table).find(([key]) => key.toLowerCase() === value.toLowerCase());
  return entry?.[1] ?? null;
}

/** A short digest: what was sent last is compared, never shown. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
