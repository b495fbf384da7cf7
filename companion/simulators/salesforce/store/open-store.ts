import { accessTable, refreshTable } from '../oauth/sessions.ts';
import { buildSchema } from '../schema/build-schema.ts';
import type { InstalledPackage } from '../schema/install-package.ts';
import { RecordStore, type IndexedField } from './record-store.ts';
import { changeField } from './stored-record.ts';

/** Opens the store with an index for every field that records are looked up by. */
export function openStore(storeFile: string | undefined, installed: InstalledPackage): Promise<RecordStore> {
  const tokens = [accessTable, refreshTable].map((table) => ({
    table,
    field: 'family',
    caseSensitive: true,
  }));
  return RecordStore.open(storeFile, [...indexedFields(installed), ...tokens]);
}

function indexedFields(installed: InstalledPackage): IndexedField[] {
  return [...buildSchema(installed).values()].flatMap(({ name, fields, isData }) => [
    ...[...fields.values()]
      .filter((field) => field.indexed)
      .map((field) => ({ table: name, field: field.name, caseSensitive: field.caseSensitive })),
    // Times are never folded: they are compared with those in queries.
    ...(isData ? [{ table: name, field: changeField, caseSensitive: true }] : []),
  ]);
}
