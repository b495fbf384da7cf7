import { z } from 'zod';
import { findObjectOfId } from '../access/find-object-of-id.ts';
import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { mergeRecords } from '../write/merge-records.ts';
import { purgeRecord, undeleteRecord } from '../write/recycle-bin.ts';
import { malformedId } from '../write/row-errors.ts';
import type { WriteContext } from '../write/write-context.ts';
import { actAsAdmin } from './act-as-admin.ts';
import { ControlError } from './control-error.ts';

const id = z.string();
export const mergeShape = z.strictObject({ masterId: id, ids: z.array(id).min(1) });
export const idsShape = z.strictObject({ ids: z.array(id).min(1) });
/** Without ids, all that was deleted. */
export const purgeShape = z.strictObject({ ids: z.array(id).optional() });

/** Merges records as the admin would do it by hand. */
export function mergeAsAdmin(org: SimulatedOrg, { masterId, ids }: z.infer<typeof mergeShape>): object {
  const context = actAsAdmin(org);
  const master = findRecordOf(context, masterId);
  const losers = ids.map((text) => findRecordOf(context, text).id);
  const input = { fields: [], changes: {} };
  const outcome = mergeRecords(context, { object: master.object, masterId: master.id, ids: losers, input });
  if (!outcome.ok) throw refuse(...outcome.errors);
  org.store.commit();
  return { id: outcome.id, merged: outcome.mergedRecordIds, related: outcome.updatedRelatedIds };
}

/** Brings records back from the recycle bin, all of those asked for or none. */
export function undeleteAsAdmin(org: SimulatedOrg, { ids }: z.infer<typeof idsShape>): object {
  const context = actAsAdmin(org);
  const start = org.store.savepoint();
  const undeleted = ids.map((text) => {
    const record = findRecordOf(context, text);
    const outcome = undeleteRecord(context, record.object, record.id);
    if (outcome.ok) return outcome.id;
    org.store.rollbackTo(start);
    throw refuse(...outcome.errors);
  });
  org.store.commit();
  return { undeleted };
}

/** Removes deleted records for good, as the platform does after a while: not even `queryAll` finds them. */
export function purge(org: SimulatedOrg, { ids }: z.infer<typeof purgeShape>): object {
  const context = actAsAdmin(org);
  const wanted = ids === undefined ? listDeleted(org) : ids.map((text) => findRecordOf(context, text));
  const purged = wanted.flatMap((record) => purgeRecord(org, record.object.schema.name, record.id));
  org.store.commit();
  return { purged };
}

function listDeleted(org: SimulatedOrg): { object: Pick<VisibleObject, 'schema'>; id: string }[] {
  return [...org.schema.values()].flatMap((schema) =>
    [...org.store.rows(schema.name)]
      .filter(([, record]) => record.IsDeleted === true)
      .map(([key]) => ({ object: { schema }, id: key })),
  );
}

function findRecordOf({ access }: WriteContext, text: string): { object: VisibleObject; id: string } {
  const found = normalizeId(text);
  const object = findObjectOfId(access, found);
  if (found !== null && object !== null) return { object, id: found };
  throw refuse(malformedId(text));
}

function refuse(...errors: RowError[]): ControlError {
  return new ControlError(errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; '));
}
