import { corporateCurrency } from '../schema/currency-rates.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** What the API shows for a field: its value, or one that follows from others. */
export function readField(record: StoredRecord, field: FieldDefinition): unknown {
  if (field.type === 'address') return readAddress(record, field.name.replace(/Address$/, ''));
  if (field.formula !== null) return readFormula(record, field.formula);
  if (field.type === 'complexvalue') return readComplexValue(record[field.name]);
  if (field.type === 'boolean') return record[field.name] ?? false;
  if (field.name === 'PhotoUrl') return `/services/images/photo/${String(record.Id)}`;
  if (field.onlyWith === 'multiCurrency') return record[field.name] ?? corporateCurrency;
  return record[field.name] ?? null;
}

/** Only the simplest formula is worked out, one that repeats another field; every other one stays blank. */
function readFormula(record: StoredRecord, formula: string): unknown {
  return record[formula.trim()] ?? null;
}

function readComplexValue(kept: StoredRecord[string] | undefined): unknown {
  return typeof kept === 'string' ? (JSON.parse(kept) as unknown) : null;
}

/** A compound address, or null where all of its parts are blank. */
function readAddress(record: StoredRecord, prefix: string): object | null {
  const part = (name: string): unknown => record[`${prefix}${name}`] ?? null;
  const address = {
    city: part('City'),
    country: part('Country'),
    geocodeAccuracy: part('GeocodeAccuracy'),
    latitude: part('Latitude'),
    longitude: part('Longitude'),
    postalCode: part('PostalCode'),
    state: part('State'),
    street: part('Street'),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}
