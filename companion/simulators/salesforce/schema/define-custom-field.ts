import type { CustomFieldMetadata } from './custom-field-metadata.ts';
import { defineField, type FieldDefinition, type FieldType, type PicklistEntry } from './field-definition.ts';

/** Metadata names of types, as describe names them, with the length of those that have a fixed one. */
const types: Record<CustomFieldMetadata['type'], { type: FieldType; length?: number }> = {
  AutoNumber: { type: 'string', length: 30 },
  Checkbox: { type: 'boolean' },
  Currency: { type: 'currency' },
  Date: { type: 'date' },
  DateTime: { type: 'datetime' },
  Email: { type: 'email', length: 80 },
  EncryptedText: { type: 'encryptedstring' },
  Html: { type: 'textarea' },
  LongTextArea: { type: 'textarea' },
  Lookup: { type: 'reference', length: 18 },
  MasterDetail: { type: 'reference', length: 18 },
  MultiselectPicklist: { type: 'multipicklist', length: 4099 },
  Number: { type: 'double' },
  Percent: { type: 'percent' },
  Phone: { type: 'phone', length: 40 },
  Picklist: { type: 'picklist', length: 255 },
  Text: { type: 'string' },
  TextArea: { type: 'textarea', length: 255 },
  Url: { type: 'url', length: 255 },
};

const FORMULA_TEXT_LENGTH = 1300;

/** Where a custom field belongs: its API name, and the namespace of the package that brings it, blank for the org's own. */
export interface CustomFieldPlace {
  name: string;
  namespace: string;
}

/** A custom field as the org has it, worked out from its metadata. */
export function defineCustomField(
  metadata: CustomFieldMetadata,
  { name, namespace }: CustomFieldPlace,
): FieldDefinition {
  const { type, length } = types[metadata.type];
  const formula = metadata.formula ?? null;
  const isFormula = formula !== null;
  const isKey = metadata.externalId === true;
  const isRequired = metadata.required === true || metadata.type === 'MasterDetail';
  const isAutoNumber = metadata.type === 'AutoNumber';
  return defineField(name, metadata.label ?? name, type, {
    custom: true,
    length: isFormula && type === 'string' ? FORMULA_TEXT_LENGTH : (length ?? metadata.length ?? 0),
    precision: metadata.precision ?? defineField(name, '', type).precision,
    scale: metadata.scale ?? 0,
    nillable: !isRequired && type !== 'boolean' && !isAutoNumber,
    writable: !isFormula && !isAutoNumber,
    permissionable: !isRequired,
    externalId: isKey,
    unique: metadata.unique === true,
    caseSensitive: metadata.caseSensitive === true,
    idLookup: isKey,
    indexed: isKey || metadata.unique === true,
    helpText: metadata.inlineHelpText ?? null,
    formula,
    displayFormat: isAutoNumber ? (metadata.displayFormat ?? '{0}') : null,
    defaultValue: readDefault(metadata),
    restrictedPicklist: metadata.valueSet?.restricted ?? false,
    picklist: listEntries(metadata),
    ...(metadata.type === 'Html' ? { extraTypeInfo: 'richtextarea' } : {}),
    ...(type === 'reference' ? describeLookup(metadata, { name, namespace }) : {}),
  });
}

function listEntries(metadata: CustomFieldMetadata): PicklistEntry[] {
  return (metadata.valueSet?.valueSetDefinition?.value ?? []).map((entry) => {
    const value = entry.fullName ?? entry.valueName ?? entry.label ?? '';
    return {
      value,
      label: entry.label ?? value,
      isDefault: entry.default ?? false,
      isActive: entry.isActive ?? true,
    };
  });
}

/** A default that is a plain value; one that has to be worked out is not simulated. */
function readDefault(metadata: CustomFieldMetadata): FieldDefinition['defaultValue'] {
  const given = metadata.defaultValue ?? null;
  if (metadata.type === 'Checkbox') return given === true || given === 'true';
  const chosen = listEntries(metadata).find((entry) => entry.isDefault);
  if (chosen !== undefined) return chosen.value;
  if (typeof given !== 'string') return given;
  const quoted = /^["'](.*)["']$/s.exec(given.trim())?.[1];
  if (quoted !== undefined) return quoted;
  return given.trim() !== '' && !Number.isNaN(Number(given)) ? Number(given) : null;
}

function describeLookup(
  metadata: CustomFieldMetadata,
  { name, namespace }: CustomFieldPlace,
): Partial<FieldDefinition> {
  const qualify = (text: string): string => (namespace === '' ? text : `${namespace}__${text}`);
  const children = metadata.relationshipName ?? null;
  const isMaster = metadata.type === 'MasterDetail';
  const constraint = isMaster ? 'Cascade' : (metadata.deleteConstraint ?? 'SetNull');
  return {
    referenceTo: (metadata.referenceTo ?? []).map((target) =>
      target.endsWith('__c') && !target.includes(`${namespace}__`) ? qualify(target) : target,
    ),
    relationshipName: name.replace(/__c$/, '__r'),
    childRelationshipName: children === null ? null : `${qualify(children)}__r`,
    onParentDeletion: ({ SetNull: 'clear', Cascade: 'cascade', Restrict: 'restrict' } as const)[constraint],
    relationshipOrder: isMaster ? (metadata.relationshipOrder ?? 0) : null,
    indexed: true,
  };
}
