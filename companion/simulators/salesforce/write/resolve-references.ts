import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { ApiError, type RowError } from '../http/api-error.ts';
import { convertValue } from './convert-value.ts';
import type { Draft } from './draft.ts';
import { findVisibleByKey } from './find-by-key.ts';
import type { ExternalReference } from './read-input.ts';
import { rowError } from './row-errors.ts';

/** Finds the records that the request names by an external id of theirs, and puts their ids into the lookups. */
export function resolveReferences(draft: Draft): RowError[] {
  return draft.references.flatMap((reference) => {
    const found = findRecord(draft, reference);
    if (typeof found !== 'string') return [found];
    draft.changes[reference.lookup.name] = found;
    return [];
  });
}

function findRecord({ context, object }: Draft, { lookup, keys }: ExternalReference): string | RowError {
  const target = findTarget(context.access, lookup);
  const [entry, second] = Object.entries(keys).filter(([name]) => name !== 'attributes');
  if (target === null || entry === undefined) {
    return fail(
      `The external foreign key reference does not reference a valid entity: ${lookup.relationshipName}`,
    );
  }
  if (second !== undefined) {
    return fail(
      `More than 1 field provided in an external foreign key reference in entity: ${object.schema.name}`,
    );
  }
  return findOne(context, target, entry);
}

function findOne(
  context: Draft['context'],
  target: VisibleObject,
  [name, json]: [string, unknown],
): string | RowError {
  const entity = target.schema.name;
  const field = target.fields.get(name.toLowerCase());
  if (field === undefined) throw ApiError.noSuchColumn(name, entity);
  if (!field.idLookup) {
    return fail(
      `Field name provided, ${field.name} does not match an External ID, Salesforce Id, or indexed field for ${entity}`,
    );
  }
  const key = convertValue(field, json);
  const value = key.ok ? key.value : null;
  const ids = value === null ? [] : findVisibleByKey(context, target, field, value);
  const [id, another] = ids;
  if (id === undefined) {
    return fail(
      `Foreign key external ID: ${String(json)} not found for field ${field.name} in entity ${entity}`,
    );
  }
  if (another === undefined) return id;
  const message = `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`;
  return rowError('DUPLICATE_EXTERNAL_ID', message, [field.name]);
}

function findTarget(access: Draft['context']['access'], lookup: VisibleField): VisibleObject | null {
  return access.get(lookup.referenceTo[0]?.toLowerCase() ?? '') ?? null;
}

function fail(message: string): RowError {
  return rowError('INVALID_FIELD', message);
}
