import type { CustomFieldMetadata } from './custom-field-metadata.ts';
import { numericTypes, type FieldDefinition, type FieldType } from './field-definition.ts';

const types: Partial<Record<FieldType, CustomFieldMetadata['type']>> = {
  boolean: 'Checkbox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'DateTime',
  double: 'Number',
  email: 'Email',
  encryptedstring: 'EncryptedText',
  multipicklist: 'MultiselectPicklist',
  percent: 'Percent',
  phone: 'Phone',
  picklist: 'Picklist',
  reference: 'Lookup',
  url: 'Url',
};

/** What the Tooling API shows of a field's metadata beside what the simulator minds; all of it is blank here. */
const unusedProperties = [
  'businessOwnerGroup',
  'businessOwnerUser',
  'businessStatus',
  'complianceGroup',
  'deprecated',
  'displayLocationInDecimal',
  'encryptionScheme',
  'escapeMarkup',
  'externalDeveloperName',
  'fieldManageability',
  'isAIPredictionField',
  'isConvertLeadDisabled',
  'isFilteringDisabled',
  'isNameField',
  'isSortingDisabled',
  'lookupFilter',
  'metadataRelationshipControllingField',
  'populateExistingRows',
  'readOnlyProxy',
  'referenceTargetField',
  'reparentableMasterDetail',
  'restrictedAdminField',
  'securityClassification',
  'stripMarkup',
  'summarizedField',
  'summaryFilterItems',
  'summaryForeignKey',
  'summaryOperation',
  'trackFeedHistory',
  'trackHistory',
  'trackTrending',
  'translateDataSource',
  'urls',
  'writeRequiresMasterRead',
];

const shownProperties: (keyof CustomFieldMetadata)[] = [
  'caseSensitive',
  'defaultValue',
  'deleteConstraint',
  'description',
  'displayFormat',
  'externalId',
  'formula',
  'formulaTreatBlanksAs',
  'inlineHelpText',
  'label',
  'length',
  'maskChar',
  'maskType',
  'precision',
  'referenceTo',
  'relationshipLabel',
  'relationshipName',
  'relationshipOrder',
  'required',
  'scale',
  'startingNumber',
  'type',
  'unique',
  'valueSet',
  'visibleLines',
];

/** Metadata with every property that the Tooling API shows, as the text that a row keeps. */
export function writeMetadata(metadata: CustomFieldMetadata): string {
  const shown = shownProperties.map((name): [string, unknown] => [name, metadata[name] ?? null]);
  const unused = unusedProperties.map((name): [string, unknown] => [name, null]);
  const sorted = [...shown, ...unused].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

/** The metadata of a field that came with the org or with the package. */
export function describeMetadata(field: FieldDefinition): CustomFieldMetadata {
  const hasLength = ['string', 'textarea', 'encryptedstring'].includes(field.type) && field.formula === null;
  return {
    type: types[field.type] ?? nameTextType(field),
    label: field.label,
    inlineHelpText: field.helpText,
    length: hasLength ? field.length : null,
    precision: numericTypes.includes(field.type) ? field.precision : null,
    scale: numericTypes.includes(field.type) ? field.scale : null,
    required: !field.nillable && field.type !== 'boolean',
    externalId: field.externalId,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    defaultValue: field.type === 'boolean' ? field.defaultValue === true : null,
    formula: field.formula,
    displayFormat: field.displayFormat,
    referenceTo: field.referenceTo.length > 0 ? [...field.referenceTo] : null,
    valueSet: field.picklist.length === 0 ? null : describeValueSet(field),
  };
}

function nameTextType(field: FieldDefinition): CustomFieldMetadata['type'] {
  if (field.displayFormat !== null) return 'AutoNumber';
  if (field.type !== 'textarea') return 'Text';
  if (field.extraTypeInfo === 'richtextarea') return 'Html';
  return field.length > 255 ? 'LongTextArea' : 'TextArea';
}

function describeValueSet(field: FieldDefinition): CustomFieldMetadata['valueSet'] {
  const value = field.picklist.map((entry) => ({
    valueName: entry.value,
    label: entry.label,
    default: entry.isDefault,
    isActive: entry.isActive,
  }));
  return { restricted: field.restrictedPicklist, valueSetDefinition: { sorted: false, value } };
}
