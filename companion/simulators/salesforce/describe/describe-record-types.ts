import type { RecordType } from '../schema/record-types.ts';

const MASTER_RECORD_TYPE_ID = '012000000000000AAA';

/** The record types of an object by their names, and last the master, which even an object without any has. */
export function describeRecordTypes(layouts: string, types: readonly RecordType[]): object[] {
  const listed = [...types]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((type) => ({
      active: type.isActive,
      available: type.isActive,
      defaultRecordTypeMapping: type.isDefault,
      developerName: type.developerName,
      master: false,
      name: type.name,
      recordTypeId: type.id,
      urls: { layout: `${layouts}/${type.id}` },
    }));
  return [...listed, describeMaster(layouts, !types.some((type) => type.isDefault))];
}

function describeMaster(layouts: string, isDefault: boolean): object {
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: isDefault,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE_ID,
    urls: { layout: `${layouts}/${MASTER_RECORD_TYPE_ID}` },
  };
}
