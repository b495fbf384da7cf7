import { EXPORTED_VALUES, SYNC_STATUS } from '../export/exported-values.ts';
import type { NeededFields } from '../salesforce/check-permissions.ts';
import { CONTACT_FIELDS, listFieldsOf, NO_IMPORT, type ImportSettings } from './import-settings.ts';
import type { Connection } from './connection.ts';

/** What is written together with the status of the exchange. */
const SYNC_FIELDS = ['Last_Synced__c', 'Sync_Message__c'];

/** The fields that a connection reads and writes. */
export function listNeededFields(
  { identifier, mapping }: Pick<Connection, 'identifier' | 'mapping'>,
  settings: ImportSettings = NO_IMPORT,
): NeededFields {
  const written = EXPORTED_VALUES.flatMap(({ value, packageField, onAtFirst }) => {
    const choice = mapping[value];
    if (!(choice?.on ?? onAtFirst)) return [];
    const field = choice?.field ?? packageField;
    return [...(field === null ? [] : [field]), ...(value === SYNC_STATUS ? SYNC_FIELDS : [])];
  });
  // Custom fields of Upflow's have no package field: they are written where the admin said.
  const known = new Set(EXPORTED_VALUES.map(({ value }) => value));
  const own = Object.entries(mapping).flatMap(([value, { on, field }]) =>
    on && field !== null && !known.has(value) ? [field] : [],
  );
  return {
    written: [...new Set([...written, ...own])],
    read: identifier === undefined ? [] : [identifier.salesforce],
    ...listImportedFields(settings),
  };
}

function listImportedFields(settings: ImportSettings): Pick<NeededFields, 'imported'> {
  const { owners, contacts, fields } = settings;
  if (!owners && !contacts && fields.length === 0) return {};
  const contact = contacts ? [...CONTACT_FIELDS, ...listFieldsOf(settings, 'contact')] : [];
  return {
    imported: {
      account: [...(owners ? ['OwnerId'] : []), ...listFieldsOf(settings, 'customer')],
      contact: [...new Set(contact)],
    },
  };
}
