import { findObjectOfId } from '../../access/find-object-of-id.ts';
import { queryFlag, queryParam, type ApiCall } from '../../http/api-call.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { saveTarget } from '../../write/find-target.ts';
import { refuseTooMany, requireOne } from '../../write/read-collection.ts';
import { failed, malformedId } from '../../write/row-errors.ts';
import { deleteRecord } from '../../write/save-record.ts';
import { saveRows, type RowPlan } from '../../write/save-rows.ts';
import type { WriteContext } from '../../write/write-context.ts';

/** DELETE /composite/sobjects?ids=…&allOrNone=… */
export function deleteRecords(call: ApiCall): Answer {
  const ids = (queryParam(call, 'ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw requireOne('Id');
  refuseTooMany(ids.length);
  const plans = ids.map((id) => planDelete(call, id.trim()));
  return answerRows(saveRows(call, plans, queryFlag(call, 'allOrNone')));
}

/** How to delete a record of any object, of which nothing but the id is known. */
export function planDelete(context: WriteContext, text: string): RowPlan {
  const id = normalizeId(text);
  return {
    id,
    save: () => {
      const object = findObjectOfId(context.access, id);
      if (object === null) return failed(false, malformedId(text));
      return saveTarget(context.org, object, text, (found) => deleteRecord(context, object, found));
    },
  };
}
