import type { Access, VisibleObject } from '../access/resolve-access.ts';
import type { RecordType } from '../schema/record-types.ts';
import { describeChildren } from './describe-children.ts';
import { describeField } from './describe-field.ts';
import { describeRecordTypes } from './describe-record-types.ts';
import { describePages, describeUrls } from './describe-urls.ts';

/** What a describe depends on besides the object. */
interface DescribeContext {
  /** `/services/data/v66.0`, or the Tooling API's own below it. */
  base: string;
  version: number;
  access: Access;
  /** Where the org's pages are. */
  host: string;
  recordTypes: readonly RecordType[];
}

/** The first version that shows an object's associates and its describe option; older ones leave the keys out. */
const FIRST_VERSION_WITH_ASSOCIATES = 50;
const notFeedEnabled = ['BigTable__c', 'UpsertTable__c'];
const mergeable = ['Account', 'Contact'];

/** What the list of objects shows of one: 28 properties in a recent version. */
export function describeObjectBriefly(
  { base, version }: Pick<DescribeContext, 'base' | 'version'>,
  object: VisibleObject,
): Record<string, unknown> {
  const { schema, permission } = object;
  const isUser = schema.name === 'User';
  return sortKeys({
    activateable: false,
    ...(version < FIRST_VERSION_WITH_ASSOCIATES
      ? {}
      : { associateEntityType: null, associateParentEntity: null }),
    createable: permission.create,
    custom: schema.custom,
    customSetting: false,
    deepCloneable: schema.name === 'Opportunity',
    deletable: permission.delete,
    deprecatedAndHidden: false,
    feedEnabled: (schema.isData && !notFeedEnabled.includes(schema.name)) || isUser,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: schema.keyPrefix,
    label: schema.label,
    labelPlural: schema.labelPlural,
    layoutable: schema.isData || isUser,
    mergeable: mergeable.includes(schema.name),
    mruEnabled: schema.isData || isUser,
    name: schema.name,
    queryable: true,
    replicateable: !['EntityDefinition', 'FieldDefinition'].includes(schema.name),
    retrieveable: true,
    searchable: schema.isData || isUser,
    triggerable: schema.isData || isUser,
    undeletable: schema.isData,
    updateable: permission.edit,
    urls: describeUrls(base, schema),
  });
}

/** The whole describe of an object, as this user sees it. */
export function describeObject(context: DescribeContext, object: VisibleObject): Record<string, unknown> {
  const { schema } = object;
  const brief = describeObjectBriefly(context, object);
  const layouts = `${context.base}/sobjects/${schema.name}/describe/layouts`;
  return sortKeys({
    ...brief,
    actionOverrides: [],
    childRelationships: describeChildren(object, context.access),
    compactLayoutable: brief.layoutable,
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
    recordTypeInfos: describeRecordTypes(layouts, context.recordTypes),
    searchLayoutable: brief.searchable,
    ...(context.version < FIRST_VERSION_WITH_ASSOCIATES ? {} : { sobjectDescribeOption: 'FULL' }),
    supportedScopes: describeScopes(object),
    urls: { ...describeUrls(context.base, schema), ...describePages(context.host, schema) },
  });
}

/** Which records a list can be narrowed to. */
function describeScopes({ schema }: VisibleObject): object[] {
  const plural = schema.labelPlural.toLowerCase();
  const everything = { label: `All ${plural}`, name: 'everything' };
  if (!schema.isData) return [everything];
  const scopes = [
    everything,
    { label: `My ${plural}`, name: 'mine' },
    { label: 'Filter by scope', name: 'scopingRule' },
  ];
  return schema.custom ? scopes : [...scopes, { label: `My team's ${plural}`, name: 'team' }];
}

/** Describes list their properties by name. */
function sortKeys(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
}
