import type { ApiCall } from '../../http/api-call.ts';
import type { Answer } from '../../http/send-answer.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { readCollection } from '../../write/read-collection.ts';
import { readInput } from '../../write/read-input.ts';
import { createRecord } from '../../write/save-record.ts';
import { saveRows } from '../../write/save-rows.ts';

/** POST /composite/sobjects */
export function createRecords(call: ApiCall): Answer {
  const { rows, allOrNone } = readCollection(call);
  const plans = rows.map(({ object, record }) => {
    const input = readInput(object, record, call.request.body);
    return { id: null, save: () => createRecord(call, { object, input }) };
  });
  return answerRows(saveRows(call, plans, allOrNone));
}
