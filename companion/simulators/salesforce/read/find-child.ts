import type { Access, VisibleField, VisibleObject } from '../access/resolve-access.ts';

/** An object whose records stand below those of another, and the lookup by which they do. */
export interface Child {
  object: VisibleObject;
  lookup: VisibleField;
}

/** The object and lookup behind a child relationship such as `Contacts`, if this user may see them. */
export function findChild({ access }: { access: Access }, parent: VisibleObject, name: string): Child | null {
  const wanted = name.toLowerCase();
  for (const object of access.values()) {
    const lookup = [...object.fields.values()].find(
      (field) =>
        field.referenceTo.includes(parent.schema.name) &&
        field.childRelationshipName?.toLowerCase() === wanted,
    );
    if (lookup !== undefined) return { object, lookup };
  }
  return null;
}
