import type { SimulatedOrg } from '../org/simulated-org.ts';
import { makeId } from '../org/salesforce-ids.ts';
import { formatTime } from '../org/salesforce-times.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { mustFindObject } from './build-schema.ts';
import { customFieldTable, fullNameOf } from './custom-field-rows.ts';
import { describeMetadata, writeMetadata } from './describe-metadata.ts';
import type { FieldDefinition } from './field-definition.ts';

/** Gives every custom field that the org comes with a row, so that the Tooling API can find it. */
export function registerCustomFields(org: SimulatedOrg): void {
  const { store } = org;
  const { keyPrefix } = mustFindObject(org.schema, customFieldTable);
  const known = new Set([...store.rows(customFieldTable).values()].map(fullNameOf));
  for (const object of org.schema.values()) {
    for (const field of object.fields.values()) {
      if (!field.custom || !field.name.endsWith('__c') || known.has(`${object.name}.${field.name}`)) continue;
      const id = makeId(keyPrefix, org.identity.pod, store.nextSerial(customFieldTable));
      store.put(customFieldTable, id, describeBuiltIn(org, id, object.name, field));
    }
  }
}

function describeBuiltIn(
  org: SimulatedOrg,
  id: string,
  object: string,
  field: FieldDefinition,
): StoredRecord {
  const prefix = `${org.installed.namespace}__`;
  const isPackaged = field.name.startsWith(prefix);
  const now = formatTime(org.clock.now());
  const adminId = org.users.admin.id;
  return {
    Id: id,
    EntityDefinitionId: object,
    TableEnumOrId: object,
    DeveloperName: field.name.replace(isPackaged ? prefix : '', '').replace(/__c$/, ''),
    ...(isPackaged ? { NamespacePrefix: org.installed.namespace } : {}),
    FullName: `${object}.${field.name}`,
    Metadata: writeMetadata(describeMetadata(field)),
    BuiltIn: true,
    ManageableState: isPackaged ? 'installed' : 'unmanaged',
    ...(field.length > 0 ? { Length: field.length } : {}),
    ...(field.precision > 0 ? { Precision: field.precision, Scale: field.scale } : {}),
    ...(field.helpText === null ? {} : { InlineHelpText: field.helpText }),
    CreatedDate: now,
    CreatedById: adminId,
    LastModifiedDate: now,
    LastModifiedById: adminId,
  };
}
