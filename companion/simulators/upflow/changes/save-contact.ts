import { z } from 'zod';
import { ApiProblem, readBody } from '../api/api-problem.ts';
import { newId } from '../push-customers.ts';
import type { ContactRow, CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { setCustomFields, type CustomFieldValue } from './set-custom-fields.ts';
import { customFieldValues, identifier, optionalText } from './shapes.ts';

const keysShape = z.looseObject({ id: identifier.nullish(), externalId: identifier.nullish() });
const contactShape = z.looseObject({
  externalId: identifier.nullish(),
  email: z.email('must be an email address').optional(),
  firstName: optionalText,
  lastName: optionalText,
  phone: optionalText,
  /** ACCOUNTING, SALES, PAYER, PURCHASER, or one that the organization made. */
  position: optionalText,
  jobTitle: optionalText,
  isMain: z.boolean('must be true or false').optional(),
  customFields: customFieldValues,
});
const describing = ['firstName', 'lastName', 'phone', 'position', 'jobTitle'] as const;

/** Changes the contact of a customer with that id or external id, or adds it. */
export function saveContact(
  organization: UpflowOrganization,
  customer: CustomerRow,
  given: unknown,
): { row: ContactRow; isNew: boolean } {
  const keys = readBody(keysShape, given);
  const present = organization.contacts.findReferred(keys);
  if (present !== undefined) {
    if (present.customer !== customer.seq)
      throw new ApiProblem(400, 'The contact belongs to another customer.');
    return { row: changeContact(organization, present, given), isNew: false };
  }
  const { email } = readBody(contactShape.required({ email: true }), given);
  checkEmail(organization, email, undefined);
  const now = organization.now().toISOString();
  const row = organization.contacts.insert({
    id: keys.id ?? newId(),
    externalId: keys.externalId ?? null,
    customer: customer.seq,
    createdAt: now,
    modifiedAt: now,
    email,
    isMain: 0,
    body: '{}',
  });
  return { row: changeContact(organization, row, given), isNew: true };
}

/** Lays what is given over a contact. The one that becomes the main one takes the place of the one before. */
export function changeContact(organization: UpflowOrganization, row: ContactRow, given: unknown): ContactRow {
  const change = readBody(contactShape, given);
  const { email = row.email, externalId = row.externalId } = change;
  checkEmail(organization, email, row.seq);
  const body = JSON.parse(row.body) as Record<string, unknown>;
  for (const key of describing) if (change[key] !== undefined) body[key] = change[key];
  if (change.customFields != null) {
    const present = (body.customFields ?? []) as CustomFieldValue[];
    body.customFields = setCustomFields(organization, 'CONTACT', present, change.customFields);
  }
  if (change.isMain === true) {
    for (const other of organization.contacts.of(row.customer ?? 0))
      if (other.isMain === 1 && other.seq !== row.seq) organization.contacts.update(other, { isMain: 0 });
  }
  return organization.contacts.update(row, {
    ...{ email, externalId },
    isMain: (change.isMain ?? row.isMain === 1) ? 1 : 0,
    modifiedAt: organization.now().toISOString(),
    body: JSON.stringify(body),
  });
}

/** An email address is nobody else's in the whole organization, whatever its case. */
function checkEmail(organization: UpflowOrganization, email: string, seq: number | undefined): void {
  const [holder] = organization.store.all<{ seq: number }>(
    'select seq from contacts where lower(email) = lower(?)',
    email,
  );
  if (holder !== undefined && holder.seq !== seq)
    throw new ApiProblem(400, `email ${email} is that of another contact.`);
}
