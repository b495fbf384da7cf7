/** What a field can hold; a field without a value is simply absent. */
export type FieldValue = string | number | boolean;

/** A record as it is kept, keyed by the fields' API names. */
export type StoredRecord = Record<string, FieldValue>;

/** The field by which clients follow what changes: its index is read in the order of time. */
export const changeField = 'SystemModstamp';

/** Changes to a record: null clears a field. */
export type Changes = Record<string, FieldValue | null>;

/** One line's worth of change: a null in place of changes removes the row. */
export type JournalEntry = [table: string, key: string, changes: Changes | null];

/** How values are compared in searches and unique fields: text without regard to case, unless the field keeps it. */
export function foldValue(value: FieldValue, caseSensitive: boolean): string {
  return caseSensitive ? String(value) : String(value).toLowerCase();
}
