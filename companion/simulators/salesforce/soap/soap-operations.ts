import { findObjectOfId } from '../access/find-object-of-id.ts';
import type { VisibleObject } from '../access/resolve-access.ts';
import type { Caller } from '../http/api-call.ts';
import type { RowError } from '../http/api-error.ts';
import { isObject } from '../http/parse-json-body.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { planDelete } from '../resources/collections/delete-records.ts';
import { saveTarget } from '../write/find-target.ts';
import { mergeRecords } from '../write/merge-records.ts';
import { refuseTooMany } from '../write/read-collection.ts';
import { emptyFromRecycleBin, undeleteRecord } from '../write/recycle-bin.ts';
import { failed, malformedId } from '../write/row-errors.ts';
import { createRecord, updateRecord, type SaveOutcome } from '../write/save-record.ts';
import { saveRows, type RowPlan } from '../write/save-rows.ts';
import { describeUserInfo } from './describe-user-info.ts';
import { child, readTexts, type SoapRequest } from './read-envelope.ts';
import { readSObject, type SObject } from './read-sobject.ts';

type Operation = (caller: Caller, request: SoapRequest) => object | object[];

/** The operations that are served, by name. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['create', createAll],
  ['update', updateAll],
  ['delete', deleteAll],
  ['undelete', (caller, request) => restore(caller, request, undeleteRecord)],
  ['emptyRecycleBin', (caller, request) => restore(caller, request, emptyFromRecycleBin)],
  ['merge', (caller, { input }) => limitRows(listOf(input.mergeRequests)).map((item) => merge(caller, item))],
  ['getUserInfo', describeUserInfo],
  ['getServerTimestamp', ({ org }) => ({ timestamp: new Date(org.clock.now()).toISOString() })],
]);

function createAll(caller: Caller, request: SoapRequest): object[] {
  return save(caller, request, (row) => ({ id: null, save: () => createRecord(caller, row) }));
}

function updateAll(caller: Caller, request: SoapRequest): object[] {
  return save(caller, request, (row) => planUpdate(caller, row));
}

function deleteAll(caller: Caller, { input, allOrNone }: SoapRequest): object[] {
  const plans = limitRows(readTexts(input.ids)).map((id) => planDelete(caller, id));
  return saveRows(caller, plans, allOrNone).map(describeOutcome);
}

function save(caller: Caller, { input, allOrNone }: SoapRequest, plan: (row: SObject) => RowPlan): object[] {
  const rows = limitRows(listOf(input.sObjects)).map((element) => readSObject(caller, element));
  return saveRows(caller, rows.map(plan), allOrNone).map(describeOutcome);
}

function planUpdate(caller: Caller, { object, input, id }: SObject): RowPlan {
  const update = (found: string): SaveOutcome => updateRecord(caller, found, { object, input });
  return { id, save: () => saveTarget(caller.org, object, id ?? '', update) };
}

function restore(
  caller: Caller,
  { input, allOrNone }: SoapRequest,
  work: (caller: Caller, object: VisibleObject, id: string) => SaveOutcome,
): object[] {
  const plans = limitRows(readTexts(input.ids)).map((text): RowPlan => {
    const id = normalizeId(text);
    const object = findObjectOfId(caller.access, id);
    const isKnown = id !== null && object !== null;
    return {
      id,
      save: () => (isKnown ? work(caller, object, id) : failed(false, malformedId(text))),
    };
  });
  return saveRows(caller, plans, allOrNone).map(describeOutcome);
}

/** Each merge of a call stands for itself. */
function merge(caller: Caller, item: unknown): object {
  const { object, input, id } = readSObject(caller, child(item, 'masterRecord'));
  const texts = isObject(item) ? readTexts(item.recordToMergeIds) : [];
  const ids = texts.map((text) => normalizeId(text) ?? text);
  const outcome = mergeRecords(caller, { object, input, masterId: id ?? '', ids });
  caller.org.stats.countRow(outcome.ok);
  if (!outcome.ok) return { errors: outcome.errors.map(describeError), id: null, success: false };
  const { mergedRecordIds, updatedRelatedIds } = outcome;
  return { id: outcome.id, mergedRecordIds, success: true, updatedRelatedIds };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function limitRows<Row>(rows: Row[]): Row[] {
  refuseTooMany(rows.length);
  return rows;
}

function describeOutcome(outcome: SaveOutcome): object {
  if (outcome.ok) return { id: outcome.id, success: true };
  return { errors: outcome.errors.map(describeError), id: null, success: false };
}

function describeError({ statusCode, message, fields }: RowError): object {
  return { ...(fields.length === 0 ? {} : { fields }), message, statusCode };
}
