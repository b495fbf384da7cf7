import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { SchemaChanges } from './build-schema.ts';
import { customFieldMetadata } from './custom-field-metadata.ts';
import { defineCustomField } from './define-custom-field.ts';

/**
 * The table of custom fields. Rows marked BuiltIn only show fields that came with the org or with the package. Of a field
 * that came so and was changed since, the row Replaces the original.
 */
export const customFieldTable = 'CustomField';

/** The full name of a row's field: `Account.upflow__Due_Amount__c`. */
export function fullNameOf(row: StoredRecord): string {
  return `${String(row.TableEnumOrId)}.${apiNameOf(row)}`;
}

/** The API name of a row's field. */
function apiNameOf(row: StoredRecord): string {
  const namespace = row.NamespacePrefix === undefined ? '' : `${String(row.NamespacePrefix)}__`;
  return `${namespace}${String(row.DeveloperName)}__c`;
}

/** What the rows say has changed since the org was made. */
export function readSchemaChanges(store: RecordStore): SchemaChanges {
  const rows = [...store.rows(customFieldTable).values()];
  return {
    deleted: new Set(
      rows.filter((row) => row.ManageableState === 'deleted' || row.Replaces === true).map(fullNameOf),
    ),
    added: rows.flatMap((row) => {
      if (row.BuiltIn === true || row.ManageableState === 'deleted') return [];
      const metadata = customFieldMetadata.parse(JSON.parse(String(row.Metadata)));
      const field = defineCustomField(metadata, { name: apiNameOf(row), namespace: '' });
      return [{ object: String(row.TableEnumOrId), field }];
    }),
  };
}
