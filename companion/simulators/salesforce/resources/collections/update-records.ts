import type { ApiCall } from '../../http/api-call.ts';
import type { JsonObject } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { saveTarget } from '../../write/find-target.ts';
import { readCollection, type CollectionRow } from '../../write/read-collection.ts';
import { readRowInput } from '../../write/read-input.ts';
import { rowError } from '../../write/row-errors.ts';
import { updateRecord, type SaveOutcome } from '../../write/save-record.ts';
import { planRefusal, saveRows, type RowPlan } from '../../write/save-rows.ts';

/** PATCH /composite/sobjects */
export function updateRecords(call: ApiCall): Answer {
  const { rows, allOrNone } = readCollection(call);
  const uses = countIds(rows);
  const plans = rows.map((row) => planUpdate(call, row, uses));
  return answerRows(saveRows(call, plans, allOrNone));
}

function planUpdate(call: ApiCall, { object, record }: CollectionRow, uses: Map<string, number>): RowPlan {
  const { idText, rest } = takeId(record);
  if (idText === null)
    return planRefusal(null, rowError('MISSING_ARGUMENT', 'Id not specified in an update call'));
  const id = normalizeId(idText);
  const reading = readRowInput(object, rest, call.request.body);
  if (!reading.ok) return planRefusal(id, reading.error);
  const { input } = reading;
  // The platform refuses the same record twice in one update; its exact words are not known.
  if (id !== null && (uses.get(id) ?? 0) > 1)
    return planRefusal(id, rowError('DUPLICATE_VALUE', `duplicate id in request: ${id}`));
  const save = (): SaveOutcome =>
    saveTarget(call.org, object, idText, (found) => updateRecord(call, found, { object, input }));
  return { id, save };
}

function countIds(rows: CollectionRow[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { record } of rows) {
    const id = normalizeId(takeId(record).idText ?? '');
    if (id !== null) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return uses;
}

/** Clients write the record's id as `Id` or as `id`. */
function takeId(record: JsonObject): { idText: string | null; rest: JsonObject } {
  const entries = Object.entries(record);
  const given = entries.find(([key]) => key.toLowerCase() === 'id')?.[1];
  const rest = Object.fromEntries(entries.filter(([key]) => key.toLowerCase() !== 'id'));
  return { idText: typeof given === 'string' ? given : null, rest };
}
