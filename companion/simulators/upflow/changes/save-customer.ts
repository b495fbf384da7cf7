import { z } from 'zod';
import { ApiProblem, readBody } from '../api/api-problem.ts';
import { newId } from '../push-customers.ts';
import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { saveContact } from './save-contact.ts';
import { setCustomFields, type CustomFieldValue } from './set-custom-fields.ts';
import { customFieldValues, identifier, optionalText, reference, requiredText } from './shapes.ts';

/** What the API knows of a customer, and no push carries. */
export interface CustomerDetails {
  address?: unknown;
  parent?: unknown;
  paymentMethods?: unknown;
  /** Ids of the users that the customer is assigned to, in the order of assignment. */
  accountManagerIds?: string[];
}

const keysShape = z.looseObject({ id: identifier.nullish(), externalId: identifier.nullish() });
const customerShape = z.looseObject({
  externalId: identifier.nullish(),
  name: requiredText.optional(),
  vatNumber: optionalText,
  accountingRef: optionalText,
  accountManagerId: optionalText,
  dunningPlanId: optionalText,
  address: z.looseObject({}).nullish(),
  parent: reference.nullish(),
  paymentMethods: z.looseObject({}).nullish(),
  customFields: customFieldValues,
  contacts: z.array(z.unknown(), 'must be a list').optional(),
});
type CustomerChange = z.infer<typeof customerShape>;

/** `POST /customers`: changes the customer with that id or external id, or adds it. */
export function saveCustomer(
  organization: UpflowOrganization,
  body: unknown,
): { row: CustomerRow; isNew: boolean } {
  const keys = readBody(keysShape, body);
  const present =
    organization.customers.findReferred(keys) ??
    (keys.id == null ? undefined : organization.customers.findReferred({ externalId: keys.externalId }));
  if (present !== undefined) return { row: changeCustomer(organization, present, body), isNew: false };
  readBody(z.looseObject({ name: requiredText }), body);
  const now = organization.now().toISOString();
  const row = organization.customers.insert({
    id: keys.id ?? newId(),
    externalId: null,
    customer: null,
    createdAt: now,
    modifiedAt: now,
    name: null,
    body: JSON.stringify({ collectionStatus: 'ACTIVE' }),
    details: '{}',
  });
  return { row: changeCustomer(organization, row, body), isNew: true };
}

/** Lays what is given over a customer; what is not given stays as it is. */
export function changeCustomer(
  organization: UpflowOrganization,
  row: CustomerRow,
  given: unknown,
): CustomerRow {
  const change = readBody(customerShape, given);
  const { externalId = row.externalId, name = row.name } = change;
  checkExternalId(organization, row, externalId);
  const body = JSON.parse(row.body) as Record<string, unknown>;
  for (const key of ['vatNumber', 'accountingRef'] as const)
    if (change[key] !== undefined) body[key] = change[key];
  if (change.dunningPlanId !== undefined) body.workflow = readWorkflow(organization, change.dunningPlanId);
  if (change.customFields != null) {
    const present = (body.customFields ?? []) as CustomFieldValue[];
    body.customFields = setCustomFields(organization, 'CUSTOMER', present, change.customFields);
  }
  const details = changeDetails(organization, JSON.parse(row.details) as CustomerDetails, change);
  const changed = organization.customers.update(row, {
    ...{ externalId, name },
    modifiedAt: organization.now().toISOString(),
    body: JSON.stringify(body),
    details: JSON.stringify(details),
  });
  for (const contact of change.contacts ?? []) saveContact(organization, changed, contact);
  organization.pending.add(row.seq);
  return changed;
}

/** Assigns a customer to these users only. */
export function assignUsers(
  organization: UpflowOrganization,
  row: CustomerRow,
  ids: readonly string[],
): CustomerRow {
  for (const id of ids) requireUser(organization, 'userIds', id);
  const details = JSON.parse(row.details) as CustomerDetails;
  const accountManagerIds = [...new Set(ids)];
  return organization.customers.update(row, { details: JSON.stringify({ ...details, accountManagerIds }) });
}

function changeDetails(
  organization: UpflowOrganization,
  details: CustomerDetails,
  { accountManagerId, parent, address, paymentMethods }: CustomerChange,
): CustomerDetails {
  if (accountManagerId != null) requireUser(organization, 'accountManagerId', accountManagerId);
  if (parent != null && organization.customers.findReferred(parent) === undefined)
    throw new ApiProblem(400, 'parent is not a customer.');
  const assigned = accountManagerId === null ? [] : [accountManagerId ?? ''];
  return {
    ...details,
    ...(accountManagerId === undefined ? {} : { accountManagerIds: assigned }),
    ...(parent === undefined ? {} : { parent }),
    ...(address === undefined ? {} : { address }),
    ...(paymentMethods === undefined ? {} : { paymentMethods }),
  };
}

function checkExternalId(
  organization: UpflowOrganization,
  { seq }: CustomerRow,
  externalId: string | null,
): void {
  const holder = externalId === null ? undefined : organization.customers.findReferred({ externalId });
  if (holder !== undefined && holder.seq !== seq)
    throw new ApiProblem(400, `externalId ${externalId ?? ''} is that of another customer.`);
}

function readWorkflow(organization: UpflowOrganization, id: string | null): object | null {
  if (id === null) return null;
  const plan = organization.dunningPlans.findBy('id', id);
  if (plan === undefined) throw new ApiProblem(400, `dunningPlanId ${id} is not a workflow.`);
  return { id, name: plan.name };
}

function requireUser(organization: UpflowOrganization, field: string, id: string): void {
  if (organization.users.findBy('id', id) === undefined)
    throw new ApiProblem(400, `${field}: there is no user ${id}.`);
}
