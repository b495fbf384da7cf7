import type { Access, VisibleField, VisibleObject } from '../access/resolve-access.ts';

/** Every visible lookup that leads to an object, by the object that has it. */
export function describeChildren(object: VisibleObject, access: Access): object[] {
  return [...access.values()].flatMap((child) =>
    [...child.fields.values()]
      .filter((field) => field.referenceTo.includes(object.schema.name))
      .map((field) => describeChild(child, field)),
  );
}

function describeChild(child: VisibleObject, field: VisibleField): object {
  return {
    cascadeDelete: field.onParentDeletion === 'cascade',
    childSObject: child.schema.name,
    deprecatedAndHidden: false,
    field: field.name,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: field.childRelationshipName,
    restrictedDelete: field.onParentDeletion === 'restrict',
  };
}
