import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { readField } from './read-field.ts';

/** Where a record is found, as every record of the data API says of itself. */
export function describeAttributes(base: string, objectName: string, id: unknown): object {
  return { type: objectName, url: `${base}/sobjects/${objectName}/${String(id)}` };
}

/** A record with some of its fields. Fields without a value are shown as null. */
export function renderRecord(
  { base }: { base: string },
  object: VisibleObject,
  record: StoredRecord,
  columns: Iterable<VisibleField>,
): Record<string, unknown> {
  const rendered: Record<string, unknown> = {
    attributes: describeAttributes(base, object.schema.name, record.Id),
  };
  for (const field of columns) rendered[field.name] = readField(record, field);
  return rendered;
}
