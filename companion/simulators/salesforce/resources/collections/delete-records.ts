import type { VisibleObject } from '../../access/resolve-access.ts';
import { queryParam, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { findTarget } from '../../write/find-target.ts';
import { refuseTooMany } from '../../write/read-collection.ts';
import { deleteRecord } from '../../write/save-record.ts';
import { saveRows, type RowPlan } from '../../write/save-rows.ts';

/** DELETE /composite/sobjects?ids=…&allOrNone=… */
export function deleteRecords(call: ApiCall): Answer {
  const ids = (queryParam(call, 'ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw ApiError.of(400, 'MISSING_ARGUMENT', 'The ids parameter is required.');
  refuseTooMany(ids.length);
  const plans = ids.map((id) => planDelete(call, id.trim()));
  return answerRows(saveRows(call, plans, queryParam(call, 'allOrNone') === 'true'));
}

function planDelete(call: ApiCall, text: string): RowPlan {
  const id = normalizeId(text);
  return {
    id,
    save: () => {
      const object = findObjectOfId(call, id);
      if (object === null) {
        const error = { statusCode: 'MALFORMED_ID', message: `malformed id ${text}`, fields: ['Id'] };
        return { ok: false, errors: [error], created: false };
      }
      const target = findTarget(call.org, object, text);
      if (!target.ok) return { ok: false, errors: [target.error], created: false };
      return deleteRecord(call, object, target.id);
    },
  };
}

function findObjectOfId(call: ApiCall, id: string | null): VisibleObject | null {
  const objects = [...call.access.values()];
  return objects.find((object) => id?.startsWith(object.schema.keyPrefix)) ?? null;
}
