import type { ApiCall } from '../../http/api-call.ts';
import { bodyText } from '../../http/parse-json-body.ts';
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
    const input = readInput(object, record, bodyText(call.req));
    return { id: null, save: () => createRecord(call.org, { object, input, userId: call.userId }) };
  });
  return answerRows(saveRows(call, plans, allOrNone));
}
