import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import { findByKey } from './find-by-key.ts';

/** A live record that points to another by one of its lookups. */
export interface ChildRecord {
  object: string;
  lookup: FieldDefinition;
  id: string;
}

/** All live records that point to one. */
export function findChildRecords(
  org: SimulatedOrg,
  objectName: string,
  id: string,
  isWanted: (lookup: FieldDefinition) => boolean = () => true,
): ChildRecord[] {
  return findLookups(org, objectName)
    .filter(({ lookup }) => isWanted(lookup))
    .flatMap(({ object, lookup }) =>
      findByKey(org, object, lookup, id).map((child) => ({ object, lookup, id: child })),
    );
}

/** The lookups by which records may point to those of an object. */
export function findLookups(org: SimulatedOrg, objectName: string): Omit<ChildRecord, 'id'>[] {
  return [...org.schema.values()].flatMap(({ name, fields }) =>
    [...fields.values()]
      .filter((field) => field.writable && field.referenceTo.includes(objectName))
      .map((lookup) => ({ object: name, lookup })),
  );
}

/** Contacts and the like go with their Account; what merely mentions a record stays without it. */
export function belongsToParent(lookup: FieldDefinition): boolean {
  return lookup.name === 'AccountId';
}
