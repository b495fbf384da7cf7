import {
  defineField,
  defineLookup,
  defineSystemField,
  listValue,
  listValues,
  type FieldDefinition,
} from './field-definition.ts';

/** Id and the deletion mark, which open nearly every object. */
export function identityFields(label: string): FieldDefinition[] {
  return [
    defineSystemField('Id', `${label} ID`, 'id', { idLookup: true }),
    defineSystemField('IsDeleted', 'Deleted', 'boolean'),
  ];
}

/** Who wrote the record and when; kept by the platform on every write. */
export function auditFields(): FieldDefinition[] {
  const byPlatform = { writable: false, permissionable: false, nillable: false };
  return [
    defineSystemField('CreatedDate', 'Created Date', 'datetime'),
    defineLookup('CreatedById', 'Created By ID', 'User', byPlatform),
    defineSystemField('LastModifiedDate', 'Last Modified Date', 'datetime'),
    defineLookup('LastModifiedById', 'Last Modified By ID', 'User', byPlatform),
    defineSystemField('SystemModstamp', 'System Modstamp', 'datetime'),
  ];
}

/** The record's owner. Always a user here: Accounts and Contacts cannot belong to queues. */
export function ownerField(): FieldDefinition {
  return defineLookup('OwnerId', 'Owner ID', 'User', { nillable: false, permissionable: false });
}

/** Exists only on objects with record types of their own. */
export function recordTypeField(): FieldDefinition {
  return defineLookup('RecordTypeId', 'Record Type ID', 'RecordType', {
    permissionable: false,
    onlyWith: 'recordTypes',
  });
}

/** When the user last saw the record. The simulator has no such history, so they stay blank. */
export function viewedFields(): FieldDefinition[] {
  return [
    defineSystemField('LastViewedDate', 'Last Viewed Date', 'datetime', { nillable: true }),
    defineSystemField('LastReferencedDate', 'Last Referenced Date', 'datetime', { nillable: true }),
  ];
}

/** The record's picture, which the platform makes from its id. */
export function photoField(): FieldDefinition {
  return defineField('PhotoUrl', 'Photo URL', 'url', {
    writable: false,
    permissionable: false,
    extraTypeInfo: 'imageurl',
  });
}

/** Whether the record agrees with what Data.com knew of it. */
export function cleanStatusField(): FieldDefinition {
  return defineField('CleanStatus', 'Clean Status', 'picklist', {
    length: 40,
    restrictedPicklist: true,
    picklist: [
      listValue('Matched', 'In Sync'),
      listValue('Different'),
      listValue('Acknowledged', 'Reviewed'),
      listValue('NotFound', 'Not Found'),
      listValue('Inactive'),
      listValue('Pending', 'Not Compared'),
      listValue('SelectMatch', 'Select Match'),
      listValue('Skipped'),
    ],
  });
}

/** Where a customer came from; the same list on Account, Contact and Opportunity. */
export function sourceField(name: string, label: string): FieldDefinition {
  return defineField(name, label, 'picklist', {
    picklist: listValues('Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'),
  });
}

/** Exists only in an org with several currencies. */
export function currencyField(values: readonly string[]): FieldDefinition {
  return defineField('CurrencyIsoCode', 'Currency ISO Code', 'picklist', {
    length: 3,
    permissionable: false,
    onlyWith: 'multiCurrency',
    defaultedOnCreate: true,
    restrictedPicklist: true,
    picklist: listValues(...values),
  });
}

/** The nine fields of an address: eight parts and the compound that shows them together. */
export function addressFields(prefix: string, label: string): FieldDefinition[] {
  const part = { compoundFieldName: `${prefix}Address` };
  const coordinate = { ...part, precision: 18, scale: 15 };
  return [
    defineField(`${prefix}Street`, `${label} Street`, 'textarea', part),
    defineField(`${prefix}City`, `${label} City`, 'string', { ...part, length: 40 }),
    defineField(`${prefix}State`, `${label} State/Province`, 'string', { ...part, length: 80 }),
    defineField(`${prefix}PostalCode`, `${label} Zip/Postal Code`, 'string', { ...part, length: 20 }),
    defineField(`${prefix}Country`, `${label} Country`, 'string', { ...part, length: 80 }),
    defineField(`${prefix}Latitude`, `${label} Latitude`, 'double', coordinate),
    defineField(`${prefix}Longitude`, `${label} Longitude`, 'double', coordinate),
    defineField(`${prefix}GeocodeAccuracy`, `${label} Geocode Accuracy`, 'picklist', {
      ...part,
      length: 40,
      restrictedPicklist: true,
      picklist: listValues(
        'Address',
        'NearAddress',
        'Block',
        'Street',
        'ExtendedZip',
        'Zip',
        'Neighborhood',
        'City',
        'County',
        'State',
        'Unknown',
      ),
    }),
    defineField(`${prefix}Address`, `${label} Address`, 'address', { writable: false }),
  ];
}

/** A text that the org's users may fill, of a given length. */
export function text(name: string, label: string, length: number): FieldDefinition {
  return defineField(name, label, 'string', { length });
}
