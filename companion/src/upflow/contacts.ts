import { z } from 'zod';
import type { UpflowClient } from './api-client.ts';

/**
 * What is written of a contact. How Upflow's API calls the job title is not confirmed: its pages name it, its reference
 * as we know it does not.
 */
export interface ContactToSave {
  /** The Salesforce id, by which a contact of ours is known again. */
  externalId: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  jobTitle: string | null;
  phone: string | null;
  isMain: boolean;
  /** Absent where positions are not mapped: whoever set one in Upflow keeps it. */
  position?: string | null;
  customFields?: { id: string; value: string | number | boolean | null }[];
}

const contactSchema = z.looseObject({
  id: z.string().min(1),
  externalId: z.string().nullish(),
  email: z.string().nullish(),
});

/** A contact as Upflow has it. */
export type UpflowContact = z.infer<typeof contactSchema>;

type Calls = Pick<UpflowClient, 'call'>;

const pathOf = (customerId: string, contactId?: string) =>
  `/customers/${encodeURIComponent(customerId)}/contacts${contactId === undefined ? '' : `/${encodeURIComponent(contactId)}`}`;

/** All contacts of a customer. */
export async function listContacts(
  client: Pick<UpflowClient, 'pages'>,
  customerId: string,
  signal?: AbortSignal,
): Promise<UpflowContact[]> {
  const contacts: UpflowContact[] = [];
  for await (const page of client.pages({ path: pathOf(customerId), key: 'items' }, signal)) {
    contacts.push(...z.array(contactSchema).parse(page));
  }
  return contacts;
}

/** Adds a contact. @returns its id */
export async function createContact(
  client: Calls,
  customerId: string,
  contact: ContactToSave,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await client.call(
    { method: 'POST', path: pathOf(customerId), body: contact, customerId },
    signal,
  );
  return contactSchema.parse(answer).id;
}

export async function updateContact(
  client: Calls,
  customerId: string,
  contactId: string,
  contact: ContactToSave,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(
    { method: 'PUT', path: pathOf(customerId, contactId), body: contact, customerId },
    signal,
  );
}

export async function deleteContact(
  client: Calls,
  customerId: string,
  contactId: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call({ method: 'DELETE', path: pathOf(customerId, contactId), customerId }, signal);
}

/** Whether Upflow has a contact just so already. */
export function isSameContact(existing: UpflowContact, wanted: ContactToSave): boolean {
  const { customFields = [], ...plain } = wanted;
  const has = (key: string, value: unknown) => (existing[key] ?? null) === value;
  if (!Object.entries(plain).every(([key, value]) => has(key, value))) return false;
  const fields = z
    .array(z.looseObject({ id: z.string(), value: z.unknown() }))
    .safeParse(existing.customFields ?? []);
  const values = new Map((fields.data ?? []).map(({ id, value }) => [id, value ?? null]));
  return customFields.every(({ id, value }) => (values.get(id) ?? null) === value);
}
