import { ApiProblem } from '../api/api-problem.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** The value that a customer or a contact has in a custom field. */
export interface CustomFieldValue {
  id: string;
  value?: unknown;
  [key: string]: unknown;
}

const isOfType: Record<string, (value: unknown) => boolean> = {
  NUMBER: (value) => typeof value === 'number',
  BOOLEAN: (value) => typeof value === 'boolean',
  DATE: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};
const isText = (value: unknown) => typeof value === 'string';

/**
 * Lays given values over those that are there; null takes one away, and those that are not given stay.
 *
 * @throws {ApiProblem} for a field that is not there, is not one of such entities, or is of another type
 */
export function setCustomFields(
  organization: UpflowOrganization,
  entity: 'CUSTOMER' | 'CONTACT',
  present: readonly CustomFieldValue[],
  given: readonly { id: string; value?: unknown }[],
): CustomFieldValue[] {
  const values = new Map(present.map((field) => [field.id, field]));
  for (const { id, value = null } of given) {
    const definition = organization.customFields.findBy('id', id);
    if (definition?.entity !== entity)
      throw new ApiProblem(400, `customFields: there is no ${entity} custom field ${id}.`);
    const { name, type } = definition;
    if (value === null) values.delete(id);
    else if (!(isOfType[type] ?? isText)(value))
      throw new ApiProblem(400, `customFields: the value of ${name} must be of type ${type}.`);
    else values.set(id, { id, name, type, value });
  }
  return [...values.values()];
}

/** Takes a custom field that is removed away from everyone who has a value in it. */
export function dropCustomField(organization: UpflowOrganization, id: string): void {
  const { store } = organization;
  for (const list of [organization.customers, organization.contacts] as const) {
    const holders = store.all<{ seq: number; body: string }>(
      `select seq, body from ${list.name} where instr(body, ?) > 0`,
      JSON.stringify(id),
    );
    for (const { seq, body } of holders) {
      const parsed = JSON.parse(body) as { customFields?: CustomFieldValue[] };
      const customFields = parsed.customFields?.filter((field) => field.id !== id) ?? [];
      const row = list.findBy('seq', seq);
      const changed = { body: JSON.stringify({ ...parsed, customFields }) };
      if (row !== undefined) list.update(row as never, changed);
    }
  }
}
