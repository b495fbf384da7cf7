import { auditFields } from './common-fields.ts';
import {
  defineField,
  defineLookup,
  defineSystemField,
  type FieldDefinition,
  type FieldType,
} from './field-definition.ts';

function shown(name: string, label: string, type: FieldType, length = 0): FieldDefinition {
  return defineSystemField(name, label, type, { nillable: type !== 'boolean', length });
}

function entity(): FieldDefinition {
  return defineLookup('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', {
    writable: false,
    permissionable: false,
    relationshipName: 'EntityDefinition',
  });
}

/** A custom field as the Tooling API shows it. */
export const customFieldFields: FieldDefinition[] = [
  defineSystemField('Id', 'Custom Field ID', 'id', { idLookup: true }),
  entity(),
  shown('TableEnumOrId', 'Entity Enumeration Or ID', 'picklist', 40),
  shown('DeveloperName', 'Developer Name', 'string', 40),
  shown('Description', 'Description', 'textarea', 1000),
  shown('Length', 'Length', 'int'),
  shown('Precision', 'Decimal Precision', 'int'),
  shown('Scale', 'Decimal Scale', 'int'),
  shown('RelationshipLabel', 'Relationship Label', 'string', 80),
  shown('SummaryOperation', 'Summary Operation', 'picklist', 40),
  shown('InlineHelpText', 'Inline Help Text', 'textarea', 510),
  shown('MaskType', 'Mask Type', 'picklist', 40),
  shown('MaskChar', 'Mask Character', 'picklist', 40),
  shown('NamespacePrefix', 'Namespace Prefix', 'string', 15),
  shown('ManageableState', 'Manageable State', 'picklist', 40),
  ...auditFields().filter((field) => field.name !== 'SystemModstamp'),
  defineField('Metadata', 'Metadata', 'complexvalue', { permissionable: false, filterable: false }),
  defineField('FullName', 'Full Name', 'string', { permissionable: false, createOnly: true }),
];

/** An object, as queries for metadata see it. */
export const entityDefinitionFields: FieldDefinition[] = [
  shown('DurableId', 'Durable ID', 'string', 100),
  shown('QualifiedApiName', 'Qualified API Name', 'string', 70),
  shown('DeveloperName', 'Developer Name', 'string', 70),
  shown('MasterLabel', 'Master Label', 'string', 80),
  shown('Label', 'Label', 'string', 80),
  shown('PluralLabel', 'Plural Label', 'string', 80),
  shown('NamespacePrefix', 'Namespace Prefix', 'string', 15),
  shown('KeyPrefix', 'Key Prefix', 'string', 3),
  shown('IsCustomizable', 'Is Customizable', 'boolean'),
  shown('IsCustomSetting', 'Is Custom Setting', 'boolean'),
  shown('IsQueryable', 'Is Queryable', 'boolean'),
  shown('IsTriggerable', 'Is Triggerable', 'boolean'),
];

/** A field, as queries for metadata see it. */
export const fieldDefinitionFields: FieldDefinition[] = [
  shown('DurableId', 'Durable ID', 'string', 200),
  entity(),
  shown('QualifiedApiName', 'Qualified API Name', 'string', 70),
  shown('DeveloperName', 'Developer Name', 'string', 70),
  shown('MasterLabel', 'Master Label', 'string', 80),
  shown('Label', 'Label', 'string', 80),
  shown('NamespacePrefix', 'Namespace Prefix', 'string', 15),
  shown('DataType', 'Data Type', 'string', 80),
  shown('Length', 'Length', 'int'),
  shown('Precision', 'Precision', 'int'),
  shown('Scale', 'Scale', 'int'),
  shown('IsNillable', 'Is Nillable', 'boolean'),
  shown('IsCalculated', 'Is Calculated', 'boolean'),
  shown('IsIndexed', 'Is Indexed', 'boolean'),
  shown('IsApiSortable', 'Is API Sortable', 'boolean'),
  shown('IsApiFilterable', 'Is API Filterable', 'boolean'),
];
