import type { VisibleObject } from '../access/resolve-access.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Row, Viewer } from './column.ts';
import type { ReportType } from './read-report-type.ts';
import { ReportError } from './report-error.ts';

/** The related object that a report type joins, and the lookup that joins it. */
interface Child {
  object: VisibleObject;
  lookup: string;
}

/** The tables of a report type, by the name that its columns use, with their objects. */
export function listTables(viewer: Viewer, { baseObject, join }: ReportType): Map<string, string> {
  const tables = new Map([[baseObject, baseObject]]);
  if (join === null) return tables;
  return tables.set(
    `${baseObject}.${join.relationship}`,
    findChild(viewer, baseObject, join.relationship).object.schema.name,
  );
}

/** Every live record of the base object, alone or once with each related record. */
export function listRows(viewer: Viewer, type: ReportType): Row[] {
  const records = listRecords(viewer, type.baseObject);
  if (type.join === null) return records.map((record) => new Map([[type.baseObject, record]]));
  const { relationship, outerJoin } = type.join;
  const child = findChild(viewer, type.baseObject, relationship);
  const children = groupByLookup(listRecords(viewer, child.object.schema.name), child.lookup);
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
export function listRecords({ org, access }: Viewer, objectName: string): StoredRecord[] {
  const object = access.get(objectName.toLowerCase());
  if (object === undefined) throw new ReportError(`You have no access to the object ${objectName}.`);
  return [...org.store.rows(object.schema.name).values()].filter((record) => record.IsDeleted !== true);
}

/** Records by the record that a lookup of theirs leads to. */
export function groupByLookup(records: StoredRecord[], lookup: string): Map<unknown, StoredRecord[]> {
  return Map.groupBy(records, (record) => record[lookup]);
}

/** The standard name of a child relationship is the plural of the child. */
function findChild({ access }: Viewer, parent: string, relationship: string): Child {
  const plural = relationship.toLowerCase();
  for (const object of access.values()) {
    if (object.schema.labelPlural.replaceAll(' ', '').toLowerCase() !== plural) continue;
    const lookup = [...object.fields.values()].find((field) => field.referenceTo.includes(parent));
    if (lookup !== undefined) return { object, lookup: lookup.name };
  }
  throw new ReportError(`${parent} has no related records named ${relationship}.`);
}
