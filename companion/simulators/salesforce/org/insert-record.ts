import { mustFindObject, type ObjectSchema } from '../schema/build-schema.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';
import { countUp } from './count-up.ts';
import { deriveOpportunity } from './derive-opportunity.ts';
import { makeId } from './salesforce-ids.ts';
import { formatTime } from './salesforce-times.ts';
import type { SimulatedOrg } from './simulated-org.ts';

export interface InsertOptions {
  userId: string;
  at?: number;
}

/** Adds a record that has been checked already: gives it an id, an owner, its stamps and its defaults. */
export function insertRecord(
  org: SimulatedOrg,
  objectName: string,
  values: Changes,
  options: InsertOptions,
): string {
  const object = mustFindObject(org.schema, objectName);
  const id = makeId(object.keyPrefix, org.identity.pod, org.store.nextSerial(object.name));
  const now = formatTime(options.at ?? org.clock.now());
  org.store.put(object.name, id, {
    ...(object.fields.has('ownerid') ? { OwnerId: options.userId } : {}),
    ...object.defaults,
    ...countUp(object, org.store.nextSerial(object.name)),
    ...values,
    Id: id,
    CreatedDate: now,
    CreatedById: options.userId,
    LastModifiedDate: now,
    LastModifiedById: options.userId,
    SystemModstamp: now,
  });
  fillName(org, object, id);
  deriveOpportunity(org, object, id, {});
  return id;
}

/** Applies checked changes to a record and moves its stamps, as every save does, even one that changes nothing. */
export function changeRecord(
  org: SimulatedOrg,
  objectName: string,
  id: string,
  changes: Changes,
  userId: string,
): void {
  const object = mustFindObject(org.schema, objectName);
  const now = formatTime(org.clock.now());
  const before = org.store.get(object.name, id) ?? {};
  org.store.put(object.name, id, {
    ...changes,
    LastModifiedDate: now,
    LastModifiedById: userId,
    SystemModstamp: now,
  });
  fillName(org, object, id);
  deriveOpportunity(org, object, id, before);
}

/** A Contact's full name follows from its parts. */
function fillName(org: SimulatedOrg, object: ObjectSchema, id: string): void {
  if (object.name !== 'Contact') return;
  const record: StoredRecord = org.store.get('Contact', id) ?? {};
  const name = [record.FirstName, record.LastName].filter((part) => part !== undefined).join(' ');
  org.store.put('Contact', id, { Name: name });
}
