import { addressFields, sourceField } from './common-fields.ts';
import {
  defineField,
  defineLookup,
  defineSystemField,
  listValues,
  type FieldDefinition,
  type FieldType,
} from './field-definition.ts';

const onlyPersons = { onlyWith: 'personAccounts' } as const;
const namePart = {
  ...onlyPersons,
  permissionable: false,
  compoundFieldName: 'Name',
  extraTypeInfo: 'switchablepersonname',
};

function person(name: string, label: string, type: FieldType, length?: number): FieldDefinition {
  return defineField(
    `Person${name}`,
    label,
    type,
    length === undefined ? onlyPersons : { ...onlyPersons, length },
  );
}

function hiddenFromSecurity(field: FieldDefinition): FieldDefinition {
  return { ...field, permissionable: false };
}

/** How a person is addressed; the values are those of every org. */
export const salutations = listValues('Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.');

/** The parts of a person's name, which stand beside Name on Account. */
export const personNameFields: FieldDefinition[] = [
  defineField('LastName', 'Last Name', 'string', { ...namePart, length: 80, nameField: true }),
  defineField('FirstName', 'First Name', 'string', { ...namePart, length: 40, nameField: true }),
  defineField('Salutation', 'Salutation', 'picklist', { ...namePart, length: 40, picklist: salutations }),
];

const addresses = [...addressFields('PersonMailing', 'Mailing'), ...addressFields('PersonOther', 'Other')];

/** What Account has of the person's Contact in an org with person accounts, as a recorded describe shows it. */
export const personAccountFields: FieldDefinition[] = [
  defineLookup('PersonContactId', 'Contact ID', 'Contact', {
    ...onlyPersons,
    writable: false,
    permissionable: false,
  }),
  defineSystemField('IsPersonAccount', 'Is Person Account', 'boolean', onlyPersons),
  ...addresses.map((field) => ({ ...field, ...onlyPersons })),
  person('MobilePhone', 'Mobile', 'phone'),
  person('HomePhone', 'Home Phone', 'phone'),
  person('OtherPhone', 'Other Phone', 'phone'),
  person('AssistantPhone', 'Asst. Phone', 'phone'),
  person('Email', 'Email', 'email'),
  person('Title', 'Title', 'string', 80),
  person('Department', 'Department', 'string', 80),
  person('AssistantName', 'Assistant', 'string', 40),
  { ...sourceField('PersonLeadSource', 'Lead Source'), ...onlyPersons },
  person('Birthdate', 'Birthdate', 'date'),
  person('HasOptedOutOfEmail', 'Email Opt Out', 'boolean'),
  person('HasOptedOutOfFax', 'Fax Opt Out', 'boolean'),
  person('DoNotCall', 'Do Not Call', 'boolean'),
  defineSystemField('PersonLastCURequestDate', 'Last Stay-in-Touch Request Date', 'datetime', {
    ...onlyPersons,
    nillable: true,
  }),
  defineSystemField('PersonLastCUUpdateDate', 'Last Stay-in-Touch Save Date', 'datetime', {
    ...onlyPersons,
    nillable: true,
  }),
  hiddenFromSecurity(person('EmailBouncedReason', 'Email Bounced Reason', 'string', 255)),
  hiddenFromSecurity(person('EmailBouncedDate', 'Email Bounced Date', 'datetime')),
  defineLookup('PersonIndividualId', 'Individual ID', 'Individual', {
    ...onlyPersons,
    permissionable: false,
  }),
];

/** A custom field of Contact as Account shows it for persons: `Language__c` becomes `Language__pc`. */
export function showOnPersonAccount(field: FieldDefinition): FieldDefinition {
  return {
    ...field,
    ...onlyPersons,
    name: field.name.replace(/__c$/, '__pc'),
    relationshipName: field.relationshipName?.replace(/__r$/, '__pr') ?? null,
    childRelationshipName: field.childRelationshipName?.replace(/__r$/, '__pr') ?? null,
    unique: false,
    indexed: false,
    idLookup: false,
    externalId: false,
  };
}
