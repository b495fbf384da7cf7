import { readField } from '../read/read-field.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { comparable } from './read-literal.ts';
import { readParent, type FieldPath } from './resolve-path.ts';

export type ReadValue = (record: StoredRecord) => FieldValue | null;

/** Compiles the reading of a field, of the record itself or of a parent, as the API shows it. */
export function compileValue(store: RecordStore, path: FieldPath): ReadValue {
  return (record) => {
    const holder = readParent(store, record, path);
    // Compound fields, whose values are objects, are refused before anything compares them.
    return holder === null ? null : (readField(holder, path.field) as FieldValue | null);
  };
}

/** The same, as values are compared: text without regard to case, unless the field keeps it. */
export function compileComparable(store: RecordStore, path: FieldPath): ReadValue {
  const read = compileValue(store, path);
  return (record) => {
    const value = read(record);
    return value === null ? null : comparable(path.field, value);
  };
}
