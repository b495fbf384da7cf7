import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { ObjectSchema, Schema } from './build-schema.ts';
import { isLongText, type FieldDefinition } from './field-definition.ts';
import { describeDataType } from './object-schema.ts';

/** Shows the schema as rows of EntityDefinition and FieldDefinition, which queries can read. */
export function defineMetadataViews(org: SimulatedOrg): void {
  let shown: { schema: Schema; entities: Rows; fields: Rows } | null = null;
  const show = (): { entities: Rows; fields: Rows } => {
    if (shown?.schema !== org.schema) shown = { schema: org.schema, ...describeSchema(org) };
    return shown;
  };
  org.store.defineView('EntityDefinition', () => show().entities);
  org.store.defineView('FieldDefinition', () => show().fields);
}

type Rows = ReadonlyMap<string, StoredRecord>;

function describeSchema(org: SimulatedOrg): { entities: Rows; fields: Rows } {
  const objects = [...org.schema.values()].filter((object) => !object.toolingOnly);
  const { namespace } = org.installed;
  const entities = objects.map((object) => describeEntity(object, namespace));
  const fields = objects.flatMap((object) =>
    [...object.fields.values()].map((field) => describeField(object, field, namespace)),
  );
  const byId = (rows: StoredRecord[]): Rows => new Map(rows.map((row) => [String(row.DurableId), row]));
  return { entities: byId(entities), fields: byId(fields) };
}

/** A name without namespace and ending, and the namespace where it has one. */
function splitName(name: string, namespace: string): Record<string, string> {
  const prefix = `${namespace}__`;
  const own = name.replace(/__p?c$/, '');
  if (!own.startsWith(prefix)) return { DeveloperName: own };
  return { DeveloperName: own.slice(prefix.length), NamespacePrefix: namespace };
}

function describeEntity(object: ObjectSchema, namespace: string): StoredRecord {
  return {
    Id: object.name,
    DurableId: object.name,
    QualifiedApiName: object.name,
    ...splitName(object.name, namespace),
    MasterLabel: object.label,
    Label: object.label,
    PluralLabel: object.labelPlural,
    KeyPrefix: object.keyPrefix,
    IsCustomizable: object.isData,
    IsCustomSetting: false,
    IsQueryable: true,
    IsTriggerable: object.isData,
  };
}

function describeField(object: ObjectSchema, field: FieldDefinition, namespace: string): StoredRecord {
  const id = `${object.name}.${field.name}`;
  const isSearchable = field.filterable && !isLongText(field);
  return {
    Id: id,
    DurableId: id,
    EntityDefinitionId: object.name,
    QualifiedApiName: field.name,
    ...splitName(field.name, namespace),
    MasterLabel: field.label,
    Label: field.label,
    DataType: describeDataType(field),
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsNillable: field.nillable,
    IsCalculated: field.formula !== null,
    IsIndexed: field.indexed,
    IsApiSortable: isSearchable,
    IsApiFilterable: isSearchable,
  };
}
