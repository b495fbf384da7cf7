import type { ExportMapping, FieldChoice } from '../connect/connection.ts';
import {
  findPackageField,
  type AccountDescription,
  type AccountField,
} from '../salesforce/describe-account.ts';
import {
  CUSTOM_FIELD_PREFIX,
  customFieldValue,
  EXPORTED_VALUES,
  SYNC_STATUS,
  type ExportedValue,
} from './exported-values.ts';

/** Where each exported value goes in one org, as its connection maps them. */
export interface Targets {
  /** Each value that is on, with its field; values whose field our user cannot write are left out. */
  values: readonly { value: ExportedValue; field: AccountField }[];
  /** The package's fields that say how fresh the figures are; none where that is turned off. */
  sync: { status?: AccountField; message?: AccountField; lastSynced?: AccountField };
  /** Fields that a value left and that are being made blank. */
  blanked: readonly AccountField[];
}

/** What a mapping says of a value; where it says nothing the package's own field is used. */
export function choiceFor(value: ExportedValue, mapping: ExportMapping): FieldChoice {
  return mapping[value.value] ?? { on: value.onAtFirst, field: null };
}

/** All values that a mapping speaks of: the usual ones, and the custom fields that somebody chose. */
export function listMappedValues(mapping: ExportMapping): ExportedValue[] {
  const custom = Object.keys(mapping)
    .filter((name) => name.startsWith(CUSTOM_FIELD_PREFIX))
    .map((name) => customFieldValue(name.slice(CUSTOM_FIELD_PREFIX.length), name, 'long text'));
  return [...EXPORTED_VALUES, ...custom];
}

/** The field that a value goes to; undefined where it is off, or the org does not show the field. */
export function fieldFor(
  value: ExportedValue,
  { on, field }: FieldChoice,
  description: AccountDescription,
): AccountField | undefined {
  if (!on) return undefined;
  if (field !== null) return description.fields.get(field.toLowerCase());
  return value.packageField === null ? undefined : findPackageField(description, value.packageField);
}

/** Works out which fields are written. */
export function resolveTargets(mapping: ExportMapping, description: AccountDescription): Targets {
  const values = listMappedValues(mapping).flatMap((value) => {
    const field = fieldFor(value, choiceFor(value, mapping), description);
    return field?.updateable && value.value !== SYNC_STATUS ? [{ value, field }] : [];
  });
  const used = new Set(values.map(({ field }) => field.name));
  const blanked = Object.values(mapping)
    .flatMap(({ blanking = [] }) => blanking.map((name) => description.fields.get(name.toLowerCase())))
    .filter((field) => field?.updateable && !used.has(field.name));
  return {
    values,
    sync: mapping[SYNC_STATUS]?.on === false ? {} : findSyncFields(description),
    blanked: blanked.filter((field) => field !== undefined),
  };
}

/** The API names of all fields that a connection with this mapping writes; the same for connections of one org. */
export function listWrittenFields(targets: Targets): string[] {
  const { values, sync } = targets;
  return [...values.map(({ field }) => field), ...Object.values(sync)].map(({ name }) => name);
}

function findSyncFields(description: AccountDescription): Targets['sync'] {
  const find = (name: string) => {
    const field = findPackageField(description, name);
    return field?.updateable ? field : undefined;
  };
  const [status, message, lastSynced] = ['Sync_Status__c', 'Sync_Message__c', 'Last_Synced__c'].map(find);
  return { ...(status && { status }), ...(message && { message }), ...(lastSynced && { lastSynced }) };
}
