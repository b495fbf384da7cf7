import type { VisibleField } from '../access/resolve-access.ts';
import type { ObjectPermission } from '../schema/read-permission-set.ts';
import {
  isLongText,
  numericTypes,
  type FieldDefinition,
  type FieldType,
} from '../schema/field-definition.ts';

const soapTypes: Record<FieldType, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  string: 'xsd:string',
  textarea: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
  url: 'xsd:string',
  phone: 'xsd:string',
  email: 'xsd:string',
  currency: 'xsd:double',
  percent: 'xsd:double',
  double: 'xsd:double',
  int: 'xsd:int',
  boolean: 'xsd:boolean',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};

const BYTES_PER_CHARACTER = 3;
const INT_DIGITS = 8;

/** Every property of a field that describe shows, 57 of them in a recent API version. */
export function describeField(field: VisibleField, permission: ObjectPermission): Record<string, unknown> {
  const isId = field.type === 'id' || field.type === 'reference';
  const searchable = !isLongText(field) && field.type !== 'address';
  return {
    aggregatable: searchable && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: false,
    byteLength: isId ? field.length : field.length * BYTES_PER_CHARACTER,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.editable && permission.create,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: isDefaulted(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? INT_DIGITS : 0,
    displayLocationInDecimal: field.name.endsWith('Latitude') || field.name.endsWith('Longitude'),
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: searchable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: searchable && !['currency', 'percent', 'double', 'datetime'].includes(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: field.helpText,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: false,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.picklist.map(describePicklistValue),
    polymorphicForeignKey: false,
    precision: numericTypes.includes(field.type) && field.type !== 'int' ? field.precision : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: soapTypes[field.type],
    sortable: searchable,
    type: field.type,
    unique: field.unique,
    updateable: field.editable && permission.edit,
    writeRequiresMasterRead: false,
  };
}

/** Filled by the platform where a new record leaves it out. */
function isDefaulted(field: FieldDefinition): boolean {
  return field.type === 'boolean' || field.name === 'OwnerId' || (!field.writable && !field.nillable);
}

function describePicklistValue(entry: FieldDefinition['picklist'][number]): object {
  return {
    active: true,
    defaultValue: entry.isDefault,
    label: entry.label,
    validFor: null,
    value: entry.value,
  };
}
