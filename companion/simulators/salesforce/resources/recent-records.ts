import type { VisibleObject } from '../access/resolve-access.ts';
import { queryParam, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { describeAttributes } from '../read/render-record.ts';
import type { StoredRecord } from '../store/stored-record.ts';

const MAX_RECENT = 200;

/** GET /recent?limit=… */
export function listRecent(call: ApiCall): Answer {
  const objects = [...call.access.values()].filter((object) => object.schema.isData);
  const limit = Number(queryParam(call, 'limit') ?? MAX_RECENT);
  const body = listRecentRecords(call, objects).slice(0, Number.isInteger(limit) ? limit : MAX_RECENT);
  return { status: 200, body };
}

/** The records that the user changed last. The simulator has no views, which a real org would count as well. */
export function listRecentRecords(call: ApiCall, objects: readonly VisibleObject[]): object[] {
  return objects
    .filter((object) => object.schema.isData)
    .flatMap((object) =>
      [...call.org.store.rows(object.schema.name).values()]
        .filter((record) => record.LastModifiedById === call.userId && record.IsDeleted !== true)
        .map((record): [VisibleObject, StoredRecord] => [object, record]),
    )
    .sort(([, a], [, b]) => (String(a.LastModifiedDate) < String(b.LastModifiedDate) ? 1 : -1))
    .slice(0, MAX_RECENT)
    .map(([object, record]) => ({
      attributes: describeAttributes(call.base, object.schema.name, record.Id),
      Id: record.Id,
      Name: record.Name ?? null,
    }));
}
