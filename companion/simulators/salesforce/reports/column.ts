import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import type { Viewer as RecordViewer } from '../access/sharing.ts';
import { formatForDisplay } from '../read/format-for-display.ts';
import { readField } from '../read/read-field.ts';
import { numericTypes, type FieldType } from '../schema/field-definition.ts';
import { findParent, readParent, type FieldPath } from '../soql/resolve-path.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { ReportError } from './report-error.ts';

/** The records behind one row, by table: `Account`, and `Account.Opportunities` where a report type joins it. */
export type Row = ReadonlyMap<string, StoredRecord>;

/** Whose view of which records is wanted. */
export interface Viewer extends RecordViewer {
  now: number;
}

/** The way to a field, and the object that has it. */
interface ColumnPath extends FieldPath {
  object: VisibleObject;
}

/** One value of a row, and how it is shown. */
export interface Column {
  /** As metadata names it: `Account$Owner`. */
  name: string;
  label: string;
  type: FieldType | 'bucket';
  read: (row: Row) => FieldValue | null;
  show: (row: Row) => string;
  /** The record that the value names, to link to. */
  target: (row: Row) => { object: string; id: string } | null;
  /** Values in the order in which they are sorted, where that is not their own. */
  order: readonly string[];
  /** The currency that an amount is in. */
  currency: (row: Row) => string | null;
}

/** Whether a column holds numbers. */
export function isNumeric({ type }: Column): boolean {
  return type !== 'bucket' && numericTypes.includes(type);
}

/** A field that is there, but not for this user: columns are left out for it, and filters cannot use it. */
export class HiddenField extends ReportError {}

/** Finds a field of a table by its path of relationships and its name; a lookup stands for the name of its record. */
export function findColumn(
  viewer: Viewer,
  table: string,
  objectName: string,
  name: string,
  path: string,
): Column {
  const object = viewer.access.get(objectName.toLowerCase());
  if (object === undefined) throw unknownField(viewer, objectName, name);
  const names = path.split('.');
  const parents: FieldPath['parents'] = [];
  let holder = object;
  for (const [index, step] of names.entries()) {
    const field = findField(viewer, holder, step);
    if (field !== undefined && index === names.length - 1)
      return fieldColumn(viewer, table, name, { parents, field, object: holder });
    const parent = findParent(viewer.access, holder, step);
    if (parent === null) throw unknownField(viewer, holder.schema.name, step);
    parents.push(parent);
    holder = parent.object;
  }
  return lookupColumn(viewer, table, name, parents);
}

/** In the package's source its own fields have no namespace. */
function findField({ org }: Viewer, object: VisibleObject, name: string): VisibleField | undefined {
  const key = name.toLowerCase();
  return object.fields.get(`${org.installed.namespace}__${key}`) ?? object.fields.get(key);
}

function unknownField({ org }: Viewer, objectName: string, name: string): ReportError {
  const object = org.schema.get(objectName.toLowerCase());
  if (object === undefined) return new ReportError(`The org has no object ${objectName}.`);
  const keys = [name, `${org.installed.namespace}__${name}`].map((key) => key.toLowerCase());
  const isThere = keys.some((key) => object.fields.has(key)) || name.includes('$');
  if (isThere) return new HiddenField(`You have no access to ${name} of ${object.label}.`);
  return new ReportError(`${object.label} has no field ${name}.`);
}

function fieldColumn({ org }: Viewer, table: string, name: string, path: ColumnPath): Column {
  const { field } = path;
  const holderOf = (row: Row): StoredRecord | null => {
    const record = row.get(table);
    return record === undefined ? null : readParent(org, record, path);
  };
  // Compound fields are no columns: their parts are.
  const read = (row: Row): FieldValue | null => {
    const holder = holderOf(row);
    return holder === null ? null : (readField(holder, field) as FieldValue | null);
  };
  return {
    name,
    label: field.label,
    type: field.type,
    read,
    show: (row) => {
      const value = read(row);
      return value === null ? '' : (formatForDisplay(holderOf(row) ?? {}, field, value) ?? String(value));
    },
    target: (row) => {
      const id = holderOf(row)?.Id;
      return field.nameField && id !== undefined ? { object: path.object.schema.name, id: String(id) } : null;
    },
    order: field.picklist.map((entry) => entry.value),
    currency: (row) => {
      if (field.type !== 'currency') return null;
      const code = holderOf(row)?.CurrencyIsoCode;
      return code === undefined ? null : String(code);
    },
  };
}

/** `Account$Owner`: the name of the record that the lookup leads to. */
function lookupColumn(viewer: Viewer, table: string, name: string, parents: FieldPath['parents']): Column {
  const last = parents.at(-1);
  const nameField = [...(last?.object.fields.values() ?? [])].find((field) => field.nameField);
  if (last === undefined || nameField === undefined)
    throw new ReportError(`${name} leads to no record with a name.`);
  const column = fieldColumn(viewer, table, name, { parents, field: nameField, object: last.object });
  return { ...column, type: 'reference', label: last.lookup.label.replace(/ ID$/, '') };
}
