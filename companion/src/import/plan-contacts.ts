import type { SentContact } from '../store/import-customers.ts';
import { isSameContact, type UpflowContact } from '../upflow/contacts.ts';
import type { WantedContact } from './5-plan.ts';

/** What is done about the contacts of one customer, in this order: remove, update, create. */
export interface ContactSteps {
  remove: { customerId: string; upflowId: string; isOurs: boolean }[];
  update: (WantedContact & { upflowId: string })[];
  create: WantedContact[];
  /** Those that Upflow has just so. */
  keep: (WantedContact & { upflowId: string })[];
}

/**
 * Compares the wanted contacts of a customer with what Upflow was sent, or, where that is not certain or contacts of
 * another source are to go, with what Upflow has.
 *
 * @param sent of this customer, and of others where they have a contact that is now this customer's
 * @param existing what Upflow has of this customer
 */
export function planContactSteps(
  customerId: string,
  wanted: readonly WantedContact[],
  sent: readonly SentContact[],
  existing: readonly UpflowContact[] | null,
): ContactSteps {
  const steps: ContactSteps = { remove: [], update: [], create: [], keep: [] };
  const own = sent.filter((contact) => contact.customerId === customerId);
  const remove = (upflowId: string, of = customerId, isOurs = true) =>
    steps.remove.push({ customerId: of, upflowId, isOurs });

  // A contact that moved to this customer is still at the one that it left.
  const wantedIds = new Set(wanted.map(({ contactId }) => contactId));
  for (const contact of sent) {
    if (contact.customerId !== customerId && wantedIds.has(contact.contactId)) {
      remove(contact.upflowId, contact.customerId);
    }
  }

  const found = existing === null ? findSent(wanted, own) : findExisting(wanted, own, existing);
  for (const id of found.leftOver)
    remove(
      id,
      customerId,
      own.some(({ upflowId }) => upflowId === id),
    );
  for (const contact of wanted) {
    const known = found.known.get(contact.contactId);
    if (known === undefined) steps.create.push(contact);
    else if (known.isSame) steps.keep.push({ ...contact, upflowId: known.upflowId });
    else if (isHeldByAnother(contact, own)) {
      // No two contacts may have one address, not even for a moment.
      remove(known.upflowId);
      steps.create.push(contact);
    } else steps.update.push({ ...contact, upflowId: known.upflowId });
  }
  return steps;
}

/** What a contact of ours has as its external id. */
const SALESFORCE_ID = /^003[a-zA-Z0-9]{15}$/;

interface Found {
  known: Map<string, { upflowId: string; isSame: boolean }>;
  /** Ids in Upflow that no wanted contact has. */
  leftOver: string[];
}

function findSent(wanted: readonly WantedContact[], own: readonly SentContact[]): Found {
  const byId = new Map(own.map((contact) => [contact.contactId, contact]));
  const known: Found['known'] = new Map();
  for (const { contactId, digest } of wanted) {
    const contact = byId.get(contactId);
    if (contact !== undefined)
      known.set(contactId, { upflowId: contact.upflowId, isSame: contact.digest === digest });
    byId.delete(contactId);
  }
  return { known, leftOver: [...byId.values()].map(({ upflowId }) => upflowId) };
}

function findExisting(
  wanted: readonly WantedContact[],
  own: readonly SentContact[],
  existing: readonly UpflowContact[],
): Found {
  const left = new Map(existing.map((contact) => [contact.id, contact]));
  const known: Found['known'] = new Map();
  const take = (contact: WantedContact, match: UpflowContact | undefined) => {
    if (match === undefined || known.has(contact.contactId)) return;
    left.delete(match.id);
    known.set(contact.contactId, { upflowId: match.id, isSame: isSameContact(match, contact.contact) });
  };
  const upflowIds = new Map(own.map(({ contactId, upflowId }) => [contactId, upflowId]));
  for (const contact of wanted) {
    take(contact, left.get(upflowIds.get(contact.contactId) ?? ''));
    take(
      contact,
      [...left.values()].find(({ externalId }) => externalId === contact.contactId),
    );
  }
  for (const contact of wanted) {
    take(
      contact,
      [...left.values()].find(({ email }) => email?.trim().toLowerCase() === contact.emailKey),
    );
  }
  // Where ours stand in place of no others, the others stay.
  const sentIds = new Set(own.map(({ upflowId }) => upflowId));
  const isOurs = ({ id, externalId }: UpflowContact) =>
    sentIds.has(id) || SALESFORCE_ID.test(externalId ?? '');
  const leftOver = [...left.values()].filter((contact) => wanted.length > 0 || isOurs(contact));
  return { known, leftOver: leftOver.map(({ id }) => id) };
}

function isHeldByAnother({ contactId, emailKey }: WantedContact, own: readonly SentContact[]): boolean {
  return own.some((other) => other.contactId !== contactId && other.emailKey === emailKey);
}
