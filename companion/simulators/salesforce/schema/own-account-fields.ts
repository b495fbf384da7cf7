import { defineField, listValues, type FieldDefinition } from './field-definition.ts';

const own = { custom: true };

/**
 * Custom fields that the org's own admin made, without a namespace. They stand for the fields a customer maps to, and
 * make reachable what the package's fields cannot show: a restricted picklist, and an external id that is not unique.
 */
export const ownAccountFields: FieldDefinition[] = [
  defineField('ERP_Code__c', 'ERP Code', 'string', {
    ...own,
    length: 40,
    externalId: true,
    idLookup: true,
    indexed: true,
  }),
  defineField('Customer_Tier__c', 'Customer Tier', 'picklist', {
    ...own,
    restrictedPicklist: true,
    picklist: listValues('Gold', 'Silver', 'Bronze'),
  }),
  defineField('Credit_Limit__c', 'Credit Limit', 'currency', { ...own, scale: 2 }),
  defineField('Dunning_Level__c', 'Dunning Level', 'double', { ...own, precision: 3 }),
  defineField('Finance_Note__c', 'Finance Note', 'string', { ...own, length: 80 }),
  defineField('Collection_Notes__c', 'Collection Notes', 'textarea', { ...own, length: 32_768 }),
  defineField('On_Credit_Hold__c', 'On Credit Hold', 'boolean', own),
];

/** The admin's own field on Contact, which an org with person accounts shows on Account as well. */
export const ownContactFields: FieldDefinition[] = [
  defineField('Language__c', 'Language', 'picklist', {
    ...own,
    picklist: listValues('English', 'French', 'German'),
  }),
];
