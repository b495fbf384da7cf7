import type { ApiCall } from '../../http/api-call.ts';
import type { ObjectSchema } from '../../schema/build-schema.ts';
import type { CustomFieldMetadata } from '../../schema/custom-field-metadata.ts';
import { refuse } from './read-custom-field.ts';

/** Where a new field goes. */
export interface NewField {
  object: string;
  developerName: string;
}

const MAX_LONG_TEXT_PER_OBJECT = 1_638_400;

/** Finds the object of a new field, and refuses a name that is taken or cannot be. */
export function checkNewField(
  call: ApiCall,
  fullName: string | null,
  metadata: CustomFieldMetadata,
): NewField {
  const { schema } = call.org;
  if (fullName === null) {
    throw refuse('REQUIRED_FIELD_MISSING', 'Required fields are missing: [FullName]', ['FullName']);
  }
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const object = schema.get(objectName.toLowerCase());
  if (!object?.isData) {
    const message = `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`;
    throw refuse('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['TableEnumOrId']);
  }
  const developerName = /^([A-Za-z]\w*)__c$/.exec(fieldName)?.[1];
  if (developerName === undefined || /__|_$/.test(developerName)) {
    const message =
      `Invalid fullName ${fullName}: the name must begin with a letter, contain letters, digits and underlines only, ` +
      'not two of these in a row, and end in __c';
    throw refuse('FIELD_INTEGRITY_EXCEPTION', message, ['FullName']);
  }
  if (object.fields.has(fieldName.toLowerCase())) {
    const message = `There is already a field named ${developerName} on ${object.label}.`;
    throw refuse('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  }
  refuseTooMuchText(object, metadata);
  refuseRelationship(call, object, metadata);
  return { object: object.name, developerName };
}

function refuseTooMuchText(object: ObjectSchema, metadata: CustomFieldMetadata): void {
  const isLong = (type: string): boolean => type === 'LongTextArea' || type === 'Html';
  if (!isLong(metadata.type)) return;
  const texts = [...object.fields.values()].filter((field) => field.custom && field.type === 'textarea');
  const total = texts.reduce(
    (sum, field) => sum + (field.length > 255 ? field.length : 0),
    metadata.length ?? 0,
  );
  if (total <= MAX_LONG_TEXT_PER_OBJECT) return;
  const message = `Total length of custom long text fields exceeds the maximum of ${MAX_LONG_TEXT_PER_OBJECT} characters`;
  throw refuse('CUSTOM_CLOB_FIELD_LIMIT_EXCEEDED', message);
}

function refuseRelationship(call: ApiCall, object: ObjectSchema, metadata: CustomFieldMetadata): void {
  const [target] = metadata.referenceTo ?? [];
  if (target === undefined) return;
  const parent = call.org.schema.get(target.toLowerCase());
  if (parent === undefined) {
    throw refuse(
      'FIELD_INTEGRITY_EXCEPTION',
      `referenceTo value of '${target}' does not resolve to a valid sObject type`,
    );
  }
  if (metadata.type === 'MasterDetail' && !object.custom) {
    throw refuse(
      'FIELD_INTEGRITY_EXCEPTION',
      `Cannot create a master-detail relationship on ${object.label}`,
    );
  }
  const name = `${metadata.relationshipName ?? ''}__r`;
  const isTaken = [...call.org.schema.values()].some((child) =>
    [...child.fields.values()].some(
      (field) => field.childRelationshipName === name && field.referenceTo.includes(parent.name),
    ),
  );
  if (!isTaken) return;
  const message = `There is already a Child Relationship named ${metadata.relationshipName} on ${parent.label}.`;
  throw refuse('DUPLICATE_DEVELOPER_NAME', message);
}
