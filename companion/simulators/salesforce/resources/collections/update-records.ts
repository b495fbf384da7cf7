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
  const updates = rows.map(({ object, record }) => ({ object, ...takeId(record) }));
  const uses = countIds(updates);
  const plans = updates.map((update) => planUpdate(call, update, uses));
  return answerRows(saveRows(call, plans, allOrNone));
}

/** A row of the collection, with its id apart from what it changes. */
interface Update extends Pick<CollectionRow, 'object'> {
  idText: string | null;
  rest: JsonObject;
}

function planUpdate(call: ApiCall, { object, idText, rest }: Update, uses: Map<string, number>): RowPlan {
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

function countIds(updates: Update[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { idText } of updates) {
    const id = normalizeId(idText ?? '');
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
