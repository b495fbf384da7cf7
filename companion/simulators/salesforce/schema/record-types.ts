import { insertRecord } from '../org/insert-record.ts';
import type { Settings } from '../org/settings.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { RecordStore } from '../store/record-store.ts';

/** A record type of an object, in the order in which the org got them. */
export interface RecordType {
  id: string;
  developerName: string;
  name: string;
  isActive: boolean;
  isPersonType: boolean;
  /** What a new record gets where it names none. */
  isDefault: boolean;
}

type Wanted = Settings['recordTypes'][number] & { isPersonType: boolean };

const personTypes: Wanted[] = ['Person Account', 'PersonAccount'].map((name) => ({
  object: 'Account',
  developerName: 'PersonAccount',
  name,
  active: true,
  isPersonType: true,
}));
// Person accounts cannot be switched on before Account has a record type for businesses.
const businessType: Wanted = {
  object: 'Account',
  developerName: 'Business_Account',
  name: 'Business Account',
  active: true,
  isPersonType: false,
};

/** The record types of an object. */
export function listRecordTypes(store: RecordStore, object: string): RecordType[] {
  const rows = [...store.rows('RecordType')].filter(([, row]) => row.SobjectType === object);
  const types = rows.map(([id, row]) => ({
    id,
    developerName: String(row.DeveloperName),
    name: String(row.Name),
    isActive: row.IsActive === true,
    isPersonType: row.IsPersonType === true,
  }));
  const first = types.find((type) => type.isActive && !type.isPersonType);
  return types.map((type) => ({ ...type, isDefault: type === first }));
}

/** Makes the org's record types those of the settings; what is there already keeps its id. */
export function applyRecordTypes(org: SimulatedOrg): void {
  const wanted = listWanted(org.settings);
  const keyOf = (object: unknown, developerName: unknown, name: unknown): string =>
    JSON.stringify([object, developerName, name]);
  const missing = new Map(wanted.map((type) => [keyOf(type.object, type.developerName, type.name), type]));
  for (const [id, row] of org.store.rows('RecordType')) {
    const key = keyOf(row.SobjectType, row.DeveloperName, row.Name);
    const type = missing.get(key);
    missing.delete(key);
    if (type === undefined) org.store.remove('RecordType', id);
    else if (row.IsActive !== type.active) org.store.put('RecordType', id, { IsActive: type.active });
  }
  for (const type of missing.values()) {
    const values = {
      SobjectType: type.object,
      DeveloperName: type.developerName,
      Name: type.name,
      IsActive: type.active,
      IsPersonType: type.isPersonType,
    };
    insertRecord(org, 'RecordType', values, { userId: org.users.admin.id });
  }
}

function listWanted({ recordTypes, personAccounts }: Settings): Wanted[] {
  const given = recordTypes.map((type) => ({ ...type, isPersonType: false }));
  if (!personAccounts) return given;
  const hasBusinessType = given.some((type) => type.object === 'Account' && type.active);
  return [...(hasBusinessType ? given : [businessType, ...given]), ...personTypes];
}
