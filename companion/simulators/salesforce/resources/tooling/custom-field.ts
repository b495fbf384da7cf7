import { param, requireObject, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Answer } from '../../http/send-answer.ts';
import { insertRecord } from '../../org/insert-record.ts';
import { formatTime } from '../../org/salesforce-times.ts';
import { customFieldTable, fullNameOf } from '../../schema/custom-field-rows.ts';
import { clearField } from '../../schema/clear-field.ts';
import { writeMetadata } from '../../schema/describe-metadata.ts';
import type { CustomFieldMetadata } from '../../schema/custom-field-metadata.ts';
import type { Changes, StoredRecord } from '../../store/stored-record.ts';
import { findRecord } from '../records/find-record.ts';
import { createSingleRecord, deleteSingleRecord, updateSingleRecord } from '../records/single-record.ts';
import { checkNewField } from './check-new-field.ts';
import { readCustomField, refuse } from './read-custom-field.ts';

/** POST /tooling/sobjects/<object> */
export function createToolingRecord(call: ApiCall): Answer {
  if (!isCustomField(call)) return createSingleRecord(call);
  requireCustomizing(call);
  const { fullName, metadata } = readCustomField(call);
  const { object, developerName } = checkNewField(call, fullName, metadata);
  const id = insertRecord(
    call.org,
    customFieldTable,
    {
      EntityDefinitionId: object,
      TableEnumOrId: object,
      DeveloperName: developerName,
      ManageableState: 'unmanaged',
      FullName: `${object}.${developerName}__c`,
      ...describeRow(metadata),
    },
    { userId: call.userId },
  );
  const headers = { Location: `${call.base}/sobjects/${customFieldTable}/${id}` };
  return { status: 201, headers, body: { id, success: true, errors: [], warnings: [], infos: [] } };
}

/** PATCH /tooling/sobjects/<object>/<id> */
export function updateToolingRecord(call: ApiCall): Answer {
  if (!isCustomField(call)) return updateSingleRecord(call);
  requireCustomizing(call);
  const { id, record } = findRecord(call, requireObject(call));
  refuseManaged(record);
  const { metadata } = readCustomField(call);
  const before = JSON.parse(String(record.Metadata)) as CustomFieldMetadata;
  if (before.type !== metadata.type) {
    throw refuse(
      'FIELD_INTEGRITY_EXCEPTION',
      `Cannot change the type from ${before.type} to ${metadata.type}`,
    );
  }
  call.org.store.put(customFieldTable, id, {
    ...describeRow(metadata),
    BuiltIn: null,
    Replaces: record.BuiltIn === true || record.Replaces === true ? true : null,
    LastModifiedDate: formatTime(call.org.clock.now()),
    LastModifiedById: call.userId,
  });
  return { status: 204 };
}

/** DELETE /tooling/sobjects/<object>/<id> */
export function deleteToolingRecord(call: ApiCall): Answer {
  if (!isCustomField(call)) return deleteSingleRecord(call);
  requireCustomizing(call);
  const { id, record } = findRecord(call, requireObject(call));
  refuseManaged(record);
  clearField(call.org, fullNameOf(record));
  // A field that the org came with would come again; so its row stays, to say that it is gone.
  if (record.BuiltIn === true || record.Replaces === true) {
    call.org.store.put(customFieldTable, id, { ManageableState: 'deleted', IsDeleted: true });
  } else call.org.store.remove(customFieldTable, id);
  return { status: 204 };
}

function isCustomField(call: ApiCall): boolean {
  return param(call, 'object').toLowerCase() === customFieldTable.toLowerCase();
}

function requireCustomizing(call: ApiCall): void {
  if (call.access.get(customFieldTable.toLowerCase())?.permission.create === true) return;
  const message = 'insufficient access rights: the user needs Customize Application';
  throw ApiError.of(403, 'INSUFFICIENT_ACCESS', message, []);
}

function refuseManaged(record: StoredRecord): void {
  if (record.ManageableState !== 'installed') return;
  throw refuse('CANNOT_MODIFY_MANAGED_OBJECT', `cannot modify managed object: ${fullNameOf(record)}`);
}

function describeRow(metadata: CustomFieldMetadata): Changes {
  return {
    Description: metadata.description ?? null,
    Length: metadata.length ?? null,
    Precision: metadata.precision ?? null,
    Scale: metadata.scale ?? null,
    InlineHelpText: metadata.inlineHelpText ?? null,
    RelationshipLabel: metadata.relationshipLabel ?? null,
    MaskType: metadata.maskType ?? null,
    MaskChar: metadata.maskChar ?? null,
    Metadata: writeMetadata(metadata),
  };
}
