import type { ContactRow, CustomFieldRow, UserRow } from '../store/rows.ts';
import { describeCustomFields } from './describe-customer.ts';

export function describeContact({ id, externalId, email, isMain, body }: ContactRow): object {
  const { customFields, ...known } = JSON.parse(body) as Record<string, unknown>;
  const empty = { firstName: null, lastName: null, phone: null, position: null, jobTitle: null };
  return {
    ...{ id, externalId, email },
    ...empty,
    ...known,
    isMain: isMain === 1,
    customFields: describeCustomFields(customFields),
  };
}

export function describeUser({ id, email, body }: UserRow): object {
  return { id, email, firstName: null, lastName: null, position: null, ...(JSON.parse(body) as object) };
}

export function describeCustomField({ id, externalId, name, type, entity }: CustomFieldRow): object {
  return { id, externalId, name, type, entity };
}
