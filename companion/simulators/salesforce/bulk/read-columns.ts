import type { Access, VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { findParent } from '../soql/resolve-path.ts';
import { JobFailure } from './job-failure.ts';

/** What a column of an upload stands for: a field, or a lookup with a field by which the parent is found. */
export interface Column {
  field: VisibleField;
  key: VisibleField | null;
}

/** Finds the columns of an upload. One that does not exist fails the job, whatever the rows hold. */
export function readColumns(access: Access, object: VisibleObject, names: readonly string[]): Column[] {
  return names.map((name) => {
    // Not trim(), which takes a byte-order mark for a blank.
    const written = name.replace(/^[ \t]+|[ \t]+$/g, '');
    const field = object.fields.get(written.toLowerCase());
    const column = field === undefined ? findReference(access, object, written) : { field, key: null };
    if (column === null) throw new JobFailure(`InvalidBatch : Field name not found : ${name}`);
    return column;
  });
}

/** `Account.ERP_Code__c`: the relationship, and a field that identifies records of the parent. */
function findReference(access: Access, object: VisibleObject, name: string): Column | null {
  const [relationship = '', keyName = '', ...rest] = name.split('.');
  const parent = rest.length > 0 ? null : findParent(access, object, relationship);
  const key = parent?.object.fields.get(keyName.toLowerCase());
  if (parent === null || !key?.idLookup) return null;
  return { field: parent.lookup, key };
}
