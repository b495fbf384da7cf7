import type { ApiCall } from '../../http/api-call.ts';
import type { Answer } from '../../http/send-answer.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { readCollection, type CollectionRow } from '../../write/read-collection.ts';
import { readRowInput } from '../../write/read-input.ts';
import { idInInsert } from '../../write/row-errors.ts';
import { createRecord } from '../../write/save-record.ts';
import { planRefusal, saveRows, type RowPlan } from '../../write/save-rows.ts';

/** POST /composite/sobjects */
export function createRecords(call: ApiCall): Answer {
  const { rows, allOrNone } = readCollection(call);
  const plans = rows.map((row) => planCreate(call, row));
  return answerRows(saveRows(call, plans, allOrNone));
}

function planCreate(call: ApiCall, { object, record }: CollectionRow): RowPlan {
  const reading = readRowInput(object, record, call.request.body);
  if (!reading.ok) return planRefusal(null, reading.error);
  const { input } = reading;
  if ('Id' in input.changes) return planRefusal(null, idInInsert);
  return { id: null, save: () => createRecord(call, { object, input }) };
}
