import type { Access, VisibleObject } from '../access/resolve-access.ts';
import { describeField } from './describe-field.ts';

const MASTER_RECORD_TYPE_ID = '012000000000000AAA';

/** What the list of objects shows of one: 28 properties. */
export function describeObjectBriefly(base: string, object: VisibleObject): Record<string, unknown> {
  const { schema, permission } = object;
  const url = `${base}/sobjects/${schema.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: permission.create,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: permission.delete,
    deprecatedAndHidden: false,
    feedEnabled: schema.isData,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: schema.keyPrefix,
    label: schema.label,
    labelPlural: schema.labelPlural,
    layoutable: schema.isData,
    mergeable: schema.isData,
    mruEnabled: schema.isData,
    name: schema.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: schema.isData,
    triggerable: schema.isData,
    undeletable: schema.isData,
    updateable: permission.edit,
    urls: { rowTemplate: `${url}/{ID}`, describe: `${url}/describe`, sobject: url },
  };
}

/** The whole describe of an object, as this user sees it. */
export function describeObject(base: string, object: VisibleObject, access: Access): Record<string, unknown> {
  const { schema } = object;
  const layouts = `${base}/sobjects/${schema.name}/describe`;
  const { urls, ...brief } = describeObjectBriefly(base, object);
  return {
    actionOverrides: [],
    ...brief,
    childRelationships: describeChildren(object, access),
    compactLayoutable: schema.isData,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: [...object.fields.values()].map((field) => describeField(field, object.permission)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [describeMasterRecordType(layouts)],
    searchLayoutable: schema.isData,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${schema.labelPlural.toLowerCase()}`, name: 'everything' }],
    urls: { ...(urls as object), layouts: `${layouts}/layouts`, compactLayouts: `${layouts}/compactLayouts` },
  };
}

/** Even an object without record types has this one. */
function describeMasterRecordType(layouts: string): object {
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE_ID,
    urls: { layout: `${layouts}/layouts/${MASTER_RECORD_TYPE_ID}` },
  };
}

function describeChildren(object: VisibleObject, access: Access): object[] {
  return [...access.values()].flatMap((child) =>
    [...child.fields.values()]
      .filter((field) => field.referenceTo.includes(object.schema.name))
      .map((field) => ({
        cascadeDelete: false,
        childSObject: child.schema.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: field.childRelationshipName,
        restrictedDelete: false,
      })),
  );
}
