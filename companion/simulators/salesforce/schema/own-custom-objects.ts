import type { CustomObject } from './custom-object.ts';
import { defineField } from './field-definition.ts';

/**
 * Two objects that the org's admin made. They are those that jsforce's own end-to-end tests ask of an org: one that only
 * counts its records, and one with an external id, which two records may share.
 */
export const ownCustomObjects: CustomObject[] = [
  {
    name: 'BigTable__c',
    label: 'BigTable',
    labelPlural: 'BigTables',
    nameField: { label: 'BigTable Name', displayFormat: 'BT-{00000000}' },
    hasOwner: true,
    fields: [],
  },
  {
    name: 'UpsertTable__c',
    label: 'UpsertTable',
    labelPlural: 'UpsertTables',
    nameField: { label: 'UpsertTable Name', displayFormat: null },
    hasOwner: true,
    fields: [
      defineField('ExtId__c', 'ExtId', 'string', {
        custom: true,
        length: 80,
        externalId: true,
        idLookup: true,
        indexed: true,
      }),
    ],
  },
];
