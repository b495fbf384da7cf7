import type { ExportMapping, FieldChoice, SharedIdentifier } from '../connect/connection.ts';
import { findField, type AccountDescription, type AccountField } from '../salesforce/describe-account.ts';
import type { OtherConnection } from '../store/other-connections.ts';
import type { SeenCustomField } from '../store/seen-values.ts';
import { customFieldValue, EXPORTED_VALUES, type ExportedValue } from './exported-values.ts';
import { judgeField, type SeenValues } from './judge-field.ts';
import { choiceFor, fieldFor, listWrittenFields, resolveTargets } from './map-values.ts';

/** Everything that a mapping is checked against. */
export interface MappingGrounds {
  description: AccountDescription;
  identifier: SharedIdentifier | undefined;
  seen: SeenValues;
  customFields: readonly SeenCustomField[];
  others: readonly OtherConnection[];
}

export interface ChoiceView {
  name: string;
  label: string;
  type: string;
  allowed: boolean;
  reason: string | null;
}

export interface ValueView extends Pick<
  ExportedValue,
  'value' | 'label' | 'group' | 'type' | 'packageField'
> {
  on: boolean;
  /** The admin's own field; null for the package's. */
  field: string | null;
  choices: ChoiceView[];
  /** Why the value does not reach its field as it stands. */
  problem: string | null;
}

/** The values that can be exported: the usual ones, and the customers' custom fields of type text and select. */
export function listValues({ customFields }: Pick<MappingGrounds, 'customFields'>): ExportedValue[] {
  const custom = customFields.flatMap(({ id, name, type }) => {
    if (type === 'SELECT') return [customFieldValue(id, name, 'select')];
    return type === 'TEXT' ? [customFieldValue(id, name, 'long text')] : [];
  });
  return [...EXPORTED_VALUES, ...custom];
}

/** Shows a mapping: each value with the fields that can hold it and, for those that cannot, why. */
export function describeMapping(mapping: ExportMapping, grounds: MappingGrounds): ValueView[] {
  const check = makeChecker(mapping, grounds);
  const candidates = [...grounds.description.fields.values()]
    .filter(({ custom, updateable }) => custom || updateable)
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
  return listValues(grounds).map((value) => {
    const { value: name, label, group, type, packageField } = value;
    const choice = choiceFor(value, mapping);
    const choices = (type === 'own' ? [] : candidates).map((field) => {
      const reason = check.field(value, field);
      return { name: field.name, label: field.label, type: field.type, allowed: reason === null, reason };
    });
    const problem = check.choice(value, choice);
    return {
      value: name,
      label,
      group,
      type,
      packageField,
      on: choice.on,
      field: choice.field,
      choices,
      problem,
    };
  });
}

/** What is wrong with a mapping, by the name of the value; empty when it can be exported. */
export function findMappingProblems(
  mapping: ExportMapping,
  grounds: MappingGrounds,
): { field: string; problem: string }[] {
  const check = makeChecker(mapping, grounds);
  const values = listValues(grounds);
  const known = new Set(values.map(({ value }) => value));
  const unknown = Object.entries(mapping)
    .filter(([name, { on }]) => on && !known.has(name))
    .map(([field]) => ({ field, problem: 'There is no such value; no customer has this custom field.' }));
  return [
    ...unknown,
    ...values.flatMap((value) => {
      const problem = check.choice(value, choiceFor(value, mapping));
      return problem === null ? [] : [{ field: value.value, problem }];
    }),
  ];
}

function makeChecker(mapping: ExportMapping, grounds: MappingGrounds) {
  const { description, identifier, seen, others } = grounds;
  const packageFields = listPackageFields(description);
  const identifierField = identifier && findField(description, identifier.salesforce)?.name;
  const usedBy = Map.groupBy(
    listValues(grounds),
    (value) => fieldFor(value, choiceFor(value, mapping), description)?.name,
  );
  const findOtherUser = (value: ExportedValue, field: AccountField) =>
    usedBy.get(field.name)?.find((user) => user.value !== value.value);
  const writtenByOthers = new Map(
    others.flatMap((other) => listFieldsOf(other, description).map((field) => [field, other.name] as const)),
  );

  /** Whether a field may hold a value; the package's own fields are not judged, they were made for it. */
  function judge(value: ExportedValue, field: AccountField, isOwn: boolean): string | null {
    if (field.name === identifierField) return `${field.label} is the shared identifier.`;
    const other = writtenByOthers.get(field.name);
    if (other !== undefined) return `The connection ${other} of the same org writes ${field.label} already.`;
    return isOwn ? null : judgeField(value, field, seen, packageFields);
  }

  return {
    field(value: ExportedValue, field: AccountField): string | null {
      const user = findOtherUser(value, field);
      if (user !== undefined && !packageFields.has(field.name.toLowerCase()))
        return `${field.label} holds ${user.label} already.`;
      return judge(value, field, false);
    },
    choice(value: ExportedValue, choice: FieldChoice): string | null {
      if (!choice.on) return null;
      if (choice.field === null && value.packageField === null) return 'Choose the Account field.';
      if (choice.field !== null && value.type === 'own') return `${value.label} has no other field.`;
      const field = fieldFor(value, choice, description);
      const name = choice.field ?? value.packageField ?? '';
      if (field === undefined) {
        return `The integration user does not see the field ${name}: it was deleted, or a permission set must show it.`;
      }
      if (!field.updateable) return `The integration user may not write ${field.label}.`;
      const user = findOtherUser(value, field);
      if (user !== undefined) return `${field.label} holds ${user.label} too.`;
      return judge(value, field, choice.field === null);
    },
  };
}

function listPackageFields({ packagePrefix, fields }: AccountDescription): ReadonlySet<string> {
  const prefix = packagePrefix.toLowerCase();
  const own = EXPORTED_VALUES.map(({ packageField }) => `${prefix}${packageField}`.toLowerCase());
  const further = ['sync_message__c', 'last_synced__c', 'shared_identifier__c'].map((name) => prefix + name);
  const managed = prefix === '' ? [] : [...fields.keys()].filter((name) => name.startsWith(prefix));
  return new Set([...own, ...further, ...managed]);
}

/** A connection that does not export yet keeps only the fields that its admin chose. */
function listFieldsOf({ mapping, exporting }: OtherConnection, description: AccountDescription): string[] {
  const targets = resolveTargets(mapping, description);
  if (exporting) return listWrittenFields(targets);
  return targets.values
    .filter(({ value }) => mapping[value.value]?.on && mapping[value.value]?.field != null)
    .map(({ field }) => field.name);
}
