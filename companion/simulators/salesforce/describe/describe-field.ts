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
  encryptedstring: 'xsd:string',
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
  complexvalue: 'urn:complexvalue',
};

const INT_DIGITS = 8;
const unsortable: readonly FieldType[] = ['address', 'multipicklist', 'encryptedstring', 'complexvalue'];
const ungroupable: readonly FieldType[] = [...unsortable, 'currency', 'percent', 'double', 'datetime'];
/** Lookups that a search cannot be narrowed by, as recorded describes have it. */
const notPrefilterable = [
  'RecordTypeId',
  'MasterRecordId',
  'OwnerId',
  'CreatedById',
  'LastModifiedById',
  'ContactId',
  'PersonIndividualId',
];

/** Every property of a field that describe shows, 57 of them in a recent API version. */
export function describeField(field: VisibleField, permission: ObjectPermission): Record<string, unknown> {
  const isFormula = field.formula !== null;
  const sortable = field.filterable && !isLongText(field) && !unsortable.includes(field.type);
  const groupable = !isLongText(field) && !ungroupable.includes(field.type) && !isFormula;
  const isMasked = field.type === 'encryptedstring';
  return {
    aggregatable: sortable && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.displayFormat !== null,
    byteLength: countBytes(field),
    calculated: isFormula,
    calculatedFormula: field.formula,
    cascadeDelete: field.relationshipOrder !== null,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.editable && permission.create,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? (field.defaultValue ?? false) : null,
    defaultValueFormula: describeDefault(field),
    defaultedOnCreate: isDefaulted(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? INT_DIGITS : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable && !isLongText(field) && !isMasked,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: isFormula,
    groupable,
    highScaleNumber: false,
    htmlFormatted: field.extraTypeInfo === 'richtextarea',
    idLookup: field.idLookup,
    inlineHelpText: field.helpText,
    label: field.label,
    length: field.length,
    mask: isMasked ? '*' : null,
    maskType: isMasked ? 'all' : null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.picklist.map(describePicklistValue),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: field.type === 'address',
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.relationshipOrder,
    restrictedDelete: field.onParentDeletion === 'restrict',
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference' && !notPrefilterable.includes(field.name),
    soapType: soapTypes[field.type],
    sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.editable && permission.edit && !field.createOnly,
    writeRequiresMasterRead: false,
  };
}

function countBytes(field: FieldDefinition): number {
  const isId = field.type === 'id' || field.type === 'reference';
  return isId ? field.length : field.length * field.bytesPerCharacter;
}

/** Of a custom field's default that is a value, describe shows the formula that gives it. */
function describeDefault(field: FieldDefinition): string | null {
  if (!field.custom || field.defaultValue === null || field.type === 'boolean') return null;
  if (field.type === 'picklist') return null;
  return numericTypes.includes(field.type) ? String(field.defaultValue) : JSON.stringify(field.defaultValue);
}

/** Filled by the platform where a new record leaves it out. */
function isDefaulted(field: FieldDefinition): boolean {
  if (field.defaultedOnCreate !== null) return field.defaultedOnCreate;
  if (field.type === 'boolean' || field.name === 'OwnerId' || field.displayFormat !== null) return true;
  return (!field.writable && !field.nillable) || (field.custom && describeDefault(field) !== null);
}

function describePicklistValue(entry: FieldDefinition['picklist'][number]): object {
  return {
    active: entry.isActive,
    defaultValue: entry.isDefault,
    label: entry.label,
    validFor: null,
    value: entry.value,
  };
}
