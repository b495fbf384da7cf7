import type { Access, VisibleObject } from './resolve-access.ts';

/** The object that an id's first three characters name, if this user may see it. */
export function findObjectOfId(access: Access, id: string | null): VisibleObject | null {
  return [...access.values()].find((object) => id?.startsWith(object.schema.keyPrefix)) ?? null;
}
