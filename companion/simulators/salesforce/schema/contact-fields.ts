import {
  addressFields,
  auditFields,
  cleanStatusField,
  currencyField,
  identityFields,
  ownerField,
  photoField,
  recordTypeField,
  sourceField,
  text,
  viewedFields,
} from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import { defineField, defineLookup, defineSystemField, type FieldDefinition } from './field-definition.ts';
import { salutations } from './person-account-fields.ts';

const namePart = { permissionable: false, compoundFieldName: 'Name', extraTypeInfo: 'personname' };
const byPlatform = { writable: false, permissionable: false };

/** Contact's standard fields, with the types and lengths that a recorded describe of a real org shows. */
export const contactFields: FieldDefinition[] = [
  ...identityFields('Contact'),
  defineLookup('MasterRecordId', 'Master Record ID', 'Contact', byPlatform),
  defineLookup('AccountId', 'Account ID', 'Account', {
    indexed: true,
    childRelationshipName: 'Contacts',
    onParentDeletion: 'cascade',
  }),
  defineField('LastName', 'Last Name', 'string', { ...namePart, length: 80, nillable: false }),
  defineField('FirstName', 'First Name', 'string', { ...namePart, length: 40 }),
  defineField('Salutation', 'Salutation', 'picklist', { ...namePart, length: 40, picklist: salutations }),
  defineSystemField('Name', 'Full Name', 'string', {
    length: 121,
    nameField: true,
    extraTypeInfo: 'personname',
    defaultedOnCreate: false,
  }),
  recordTypeField(),
  ...addressFields('Other', 'Other'),
  ...addressFields('Mailing', 'Mailing'),
  defineField('Phone', 'Business Phone', 'phone'),
  defineField('Fax', 'Business Fax', 'phone'),
  defineField('MobilePhone', 'Mobile Phone', 'phone'),
  defineField('HomePhone', 'Home Phone', 'phone'),
  defineField('OtherPhone', 'Other Phone', 'phone'),
  defineField('AssistantPhone', 'Asst. Phone', 'phone'),
  defineLookup('ReportsToId', 'Reports To ID', 'Contact'),
  defineField('Email', 'Email', 'email', { idLookup: true }),
  text('Title', 'Title', 128),
  text('Department', 'Department', 80),
  text('AssistantName', "Assistant's Name", 40),
  sourceField('LeadSource', 'Lead Source'),
  defineField('Birthdate', 'Birthdate', 'date'),
  defineField('Description', 'Contact Description', 'textarea', { length: 32_000 }),
  currencyField(currencyCodes),
  ownerField(),
  defineField('HasOptedOutOfEmail', 'Email Opt Out', 'boolean'),
  defineField('HasOptedOutOfFax', 'Fax Opt Out', 'boolean'),
  defineField('DoNotCall', 'Do Not Call', 'boolean'),
  ...auditFields(),
  defineSystemField('LastActivityDate', 'Last Activity', 'date', { nillable: true }),
  defineSystemField('LastCURequestDate', 'Last Stay-in-Touch Request Date', 'datetime', { nillable: true }),
  defineSystemField('LastCUUpdateDate', 'Last Stay-in-Touch Save Date', 'datetime', { nillable: true }),
  ...viewedFields(),
  defineField('EmailBouncedReason', 'Email Bounced Reason', 'string', { permissionable: false }),
  defineField('EmailBouncedDate', 'Email Bounced Date', 'datetime', { permissionable: false }),
  defineSystemField('IsEmailBounced', 'Is Email Bounced', 'boolean'),
  defineSystemField('IsPersonAccount', 'Is Person Account', 'boolean', { onlyWith: 'personAccounts' }),
  photoField(),
  text('Jigsaw', 'Data.com Key', 20),
  defineField('JigsawContactId', 'Jigsaw Contact ID', 'string', {
    ...byPlatform,
    length: 20,
    relationshipName: 'JigsawContact',
  }),
  cleanStatusField(),
  defineLookup('IndividualId', 'Individual ID', 'Individual', { permissionable: false }),
];
