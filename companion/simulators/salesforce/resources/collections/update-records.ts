import type { ApiCall } from '../../http/api-call.ts';
import type { RowError } from '../../http/api-error.ts';
import type { JsonObject } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { findTarget } from '../../write/find-target.ts';
import { readCollection, type CollectionRow } from '../../write/read-collection.ts';
import { readRowInput } from '../../write/read-input.ts';
import { updateRecord } from '../../write/save-record.ts';
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
  if (idText === null) return planRefusal(null, missingId);
  const id = normalizeId(idText);
  const reading = readRowInput(object, rest, call.request.body);
  if (!reading.ok) return planRefusal(id, reading.error);
  const { input } = reading;
  // The platform refuses the same record twice in one update; its exact words are not known.
  if (id !== null && (uses.get(id) ?? 0) > 1) return planRefusal(id, describeRepeated(id));
  return {
    id,
    save: () => {
      const target = findTarget(call.org, object, idText);
      if (!target.ok) return { ok: false, errors: [target.error], created: false };
      return updateRecord(call, target.id, { object, input });
    },
  };
}

const missingId: RowError = {
  statusCode: 'MISSING_ARGUMENT',
  message: 'Id not specified in an update call',
  fields: [],
};

function describeRepeated(id: string): RowError {
  return { statusCode: 'DUPLICATE_VALUE', message: `duplicate id in request: ${id}`, fields: [] };
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
