import { compileVisibility } from '../access/sharing.ts';
import { findChild, type Child } from '../read/find-child.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Row, Viewer } from './column.ts';
import type { ReportType } from './read-report-type.ts';
import { ReportError } from './report-error.ts';

/** The tables of a report type, by the name that its columns use, with their objects. */
export function listTables(viewer: Viewer, { baseObject, join }: ReportType): Map<string, string> {
  const tables = new Map([[baseObject, baseObject]]);
  if (join === null) return tables;
  return tables.set(
    `${baseObject}.${join.relationship}`,
    requireChild(viewer, baseObject, join.relationship).object.schema.name,
  );
}

/** Every live record of the base object, alone or once with each related record. */
export function listRows(viewer: Viewer, type: ReportType): Row[] {
  const records = listRecords(viewer, type.baseObject);
  if (type.join === null) return records.map((record) => new Map([[type.baseObject, record]]));
  const { relationship, outerJoin } = type.join;
  const child = requireChild(viewer, type.baseObject, relationship);
  const children = groupByLookup(listRecords(viewer, child.object.schema.name), child.lookup.name);
  return records.flatMap((record): Row[] => {
    const related = children.get(record.Id) ?? [];
    if (related.length === 0 && outerJoin) return [new Map([[type.baseObject, record]])];
    return related.map(
      (other) =>
        new Map([
          [type.baseObject, record],
          [`${type.baseObject}.${relationship}`, other],
        ]),
    );
  });
}

/** The live records of an object that the user may read. */
export function listRecords(viewer: Viewer, objectName: string): StoredRecord[] {
  const object = viewer.access.get(objectName.toLowerCase());
  if (object === undefined) throw new ReportError(`You have no access to the object ${objectName}.`);
  const isVisible = compileVisibility(viewer, object);
  return [...viewer.org.store.rows(object.schema.name).values()].filter(
    (record) => record.IsDeleted !== true && isVisible(record),
  );
}

/** Records by the record that a lookup of theirs leads to. */
function groupByLookup(records: StoredRecord[], lookup: string): Map<unknown, StoredRecord[]> {
  return Map.groupBy(records, (record) => record[lookup]);
}

function requireChild(viewer: Viewer, parent: string, relationship: string): Child {
  const object = viewer.access.get(parent.toLowerCase());
  const child = object === undefined ? null : findChild(viewer, object, relationship);
  if (child !== null) return child;
  throw new ReportError(`${parent} has no related records named ${relationship}.`);
}
