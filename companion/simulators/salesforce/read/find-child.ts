import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { describeObject } from '../describe/describe-object.ts';
import type { ApiCall } from '../http/api-call.ts';

/** The object and lookup behind a child relationship such as `Contacts`, if this user may see them. */
export function findChild(
  call: ApiCall,
  object: VisibleObject,
  name: string,
): { object: VisibleObject; lookup: VisibleField } | null {
  const described = describeObject(call.base, object, call.access).childRelationships as {
    childSObject: string;
    field: string;
    relationshipName: string | null;
  }[];
  const found = described.find((child) => child.relationshipName?.toLowerCase() === name.toLowerCase());
  const child = call.access.get(found?.childSObject.toLowerCase() ?? '');
  const lookup = child?.fields.get(found?.field.toLowerCase() ?? '');
  return child === undefined || lookup === undefined ? null : { object: child, lookup };
}
