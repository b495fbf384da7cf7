import { createHash } from 'node:crypto';
import { findObjectOfId } from '../access/find-object-of-id.ts';
import type { VisibleObject } from '../access/resolve-access.ts';
import { canSee } from '../access/sharing.ts';
import { param, queryParam, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { formatForDisplay } from '../read/format-for-display.ts';
import { readField } from '../read/read-field.ts';
import { findParent } from '../soql/resolve-path.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** The fields that a page asks for, as a tree: a name without branches is a field, one with branches a parent. */
export interface Wanted {
  branches: Map<string, Wanted>;
  optional: boolean;
}

/** GET /ui-api/records/<id>?fields=…&optionalFields=… in the form in which Lightning Data Service reads it. */
export function readUiRecord(call: ApiCall): Answer {
  const id = normalizeId(param(call, 'id'));
  const object = findObjectOfId(call.access, id);
  if (object === null || id === null) throw ApiError.notFound();
  const record = call.org.store.get(object.schema.name, id);
  if (record === undefined || record.IsDeleted === true || !canSee(call, object, record))
    throw ApiError.notFound();
  const wanted = readWanted(call, object);
  if (wanted.branches.size === 0) {
    throw ApiError.of(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'Specify fields or optionalFields.');
  }
  return { status: 200, body: describeRecord(call, object, record, wanted) };
}

/** The fields that the request names, of an object. */
export function readWanted(call: ApiCall, object: VisibleObject): Wanted {
  const wanted: Wanted = { branches: new Map(), optional: false };
  for (const path of listPaths(call, 'optionalFields')) plant(wanted, checkRoot(object, path), true);
  for (const path of listPaths(call, 'fields')) plant(wanted, checkRoot(object, path), false);
  return wanted;
}

function listPaths(call: ApiCall, name: string): string[][] {
  const list = (queryParam(call, name) ?? '').split(',').filter((path) => path.trim() !== '');
  return list.map((path) => path.trim().split('.'));
}

function checkRoot(object: VisibleObject, [root = '', ...names]: string[]): string[] {
  if (root.toLowerCase() === object.schema.name.toLowerCase() && names.length > 0) return names;
  throw ApiError.noSuchColumn([root, ...names].join('.'), object.schema.name);
}

function plant(wanted: Wanted, [name, ...rest]: string[], optional: boolean): void {
  if (name === undefined) return;
  const branch = wanted.branches.get(name) ?? { branches: new Map<string, Wanted>(), optional };
  branch.optional &&= optional;
  wanted.branches.set(name, branch);
  plant(branch, rest, optional);
}

/** A record with the fields that are wanted of it. */
export function describeRecord(
  call: ApiCall,
  object: VisibleObject,
  record: StoredRecord,
  wanted: Wanted,
): object {
  const fields = Object.fromEntries(
    [...wanted.branches].flatMap(([name, branch]) => {
      const entry =
        branch.branches.size > 0
          ? describeParent(call, object, record, name, branch)
          : describeField(object, record, name);
      if (entry !== null) return [entry];
      if (branch.optional) return [];
      throw ApiError.noSuchColumn(name, object.schema.name);
    }),
  );
  const eTag = createHash('md5')
    .update(JSON.stringify([record, Object.keys(fields)]))
    .digest('hex');
  return {
    apiName: object.schema.name,
    childRelationships: {},
    eTag,
    fields,
    id: record.Id,
    lastModifiedById: record.LastModifiedById ?? null,
    lastModifiedDate: showTime(record.LastModifiedDate),
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp: showTime(record.SystemModstamp),
    weakEtag: Date.parse(String(showTime(record.SystemModstamp))),
  };
}

type Entry = [name: string, field: { displayValue: string | null; value: unknown }];

/** A field with its value and how Lightning would show it; null where the user may not see it. */
function describeField(object: VisibleObject, record: StoredRecord, name: string): Entry | null {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined) return null;
  const value = readField(record, field);
  const shown = field.type === 'datetime' ? showTime(value) : value;
  return [field.name, { displayValue: formatForDisplay(record, field, value), value: shown }];
}

function describeParent(
  call: ApiCall,
  object: VisibleObject,
  record: StoredRecord,
  name: string,
  wanted: Wanted,
): Entry | null {
  const parent = findParent(call.access, object, name);
  if (parent === null) return null;
  const key = parent.lookup.relationshipName ?? name;
  const found = call.org.store.get(parent.object.schema.name, String(record[parent.lookup.name] ?? ''));
  if (found === undefined) return [key, { displayValue: null, value: null }];
  const value = describeRecord(call, parent.object, found, wanted);
  return [key, { displayValue: String(found.Name ?? ''), value }];
}

/** This API writes times with a Z, unlike the data API. */
function showTime(value: unknown): string | null {
  return typeof value === 'string' ? value.replace('+0000', 'Z') : null;
}
