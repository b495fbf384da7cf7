import type { ImportSettings, ImportedField } from '../connect/import-settings.ts';
import type { FieldLevel, UpflowField, UpflowFieldType } from '../upflow/custom-fields.ts';
import type { ImportFieldOption } from './list-import-fields.ts';

/** A field as an admin chooses it: into a custom field that exists, or into one that is to be created. */
export interface ChosenField {
  level: FieldLevel;
  field: string;
  upflowId?: string | undefined;
  create?: { name: string; type: UpflowFieldType } | undefined;
}

export type ChosenSettings = Omit<ImportSettings, 'revision' | 'fields'> & { fields: readonly ChosenField[] };

export interface SettingsProblem {
  field: string;
  problem: string;
}

/** What the choice is judged by. */
export interface SettingsGrounds {
  options: Readonly<Record<FieldLevel, readonly ImportFieldOption[]>>;
  upflowFields: readonly UpflowField[];
}

/** Whether anything of the choice must be compared with fields of Salesforce or Upflow. */
export function needsGrounds({ fields, filter, positions }: ChosenSettings): boolean {
  return fields.length > 0 || filter !== null || positions !== null;
}

/** Finds what is wrong with a choice; each problem names the field and what to do. */
export function findSettingsProblems(chosen: ChosenSettings, grounds: SettingsGrounds): SettingsProblem[] {
  const contact = grounds.options.contact;
  const { filter, positions } = chosen;
  const problems = chosen.fields.flatMap((field, index) => {
    const problem = findFieldProblem(field, chosen.fields.slice(0, index), chosen, grounds);
    return problem === undefined ? [] : [{ field: `fields.${index}`, problem }];
  });
  if (filter !== null) {
    const problem = findContactFieldProblem(filter.field, contact);
    if (problem !== undefined) problems.push({ field: 'filter.field', problem });
  }
  if (positions !== null) {
    const problem = findContactFieldProblem(positions.field, contact);
    if (problem !== undefined) problems.push({ field: 'positions.field', problem });
  }
  return problems;
}

function findContactFieldProblem(name: string, options: readonly ImportFieldOption[]): string | undefined {
  const option = options.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (option === undefined)
    return `Contact has no field ${name} that the integration user can see. Choose another field, or give it Read access.`;
  return option.allowed ? undefined : (option.reason ?? undefined);
}

function findFieldProblem(
  { level, field, upflowId, create }: ChosenField,
  before: readonly ChosenField[],
  { contacts }: ChosenSettings,
  { options, upflowFields }: SettingsGrounds,
): string | undefined {
  const object = level === 'customer' ? 'Account' : 'Contact';
  const option = options[level].find(({ name }) => name.toLowerCase() === field.toLowerCase());
  if (level === 'contact' && !contacts)
    return 'Contact fields are imported only together with contacts. Turn contacts on.';
  if (option === undefined)
    return `${object} has no field ${field} that the integration user can see. Choose another, or give it Read access.`;
  if (!option.allowed) return option.reason ?? 'The field cannot be imported.';
  if ((upflowId === undefined) === (create === undefined))
    return 'Choose a custom field of Upflow, or have one created.';
  const target = upflowFields.find(({ id }) => id === upflowId);
  if (upflowId !== undefined && target === undefined)
    return 'Upflow has no such custom field. Choose another.';
  if (target !== undefined && target.level !== level)
    return `The custom field ${target.name} belongs to ${target.level}s in Upflow. Choose one of ${level}s.`;
  const type = create?.type ?? target?.type ?? 'TEXT';
  if (!option.fits.includes(type))
    return `A ${type} field of Upflow cannot take values of the type ${option.type}. Choose one of the type ${option.fits.join(' or ')}.`;
  if (upflowId !== undefined && before.some((other) => other.upflowId === upflowId))
    return 'Another field goes to the same custom field already. Choose another.';
  const isTaken = upflowFields.some(
    (one) => one.level === level && one.name.toLowerCase() === create?.name.toLowerCase(),
  );
  return isTaken
    ? 'Upflow has a custom field of that name already: choose it, or give another name.'
    : undefined;
}

/** The field as it is kept. */
export function toImportedField(
  { level, field }: ChosenField,
  target: UpflowField,
  { options }: SettingsGrounds,
): ImportedField {
  const name = options[level].find((one) => one.name.toLowerCase() === field.toLowerCase())?.name ?? field;
  return { level, field: name, upflowId: target.id, upflowName: target.name, upflowType: target.type };
}

/** Field names as the org writes them, wherever the admin gave them otherwise. */
export function withOrgNames(chosen: ChosenSettings, { options }: SettingsGrounds): ChosenSettings {
  const nameOf = (field: string) =>
    options.contact.find(({ name }) => name.toLowerCase() === field.toLowerCase())?.name ?? field;
  const { filter, positions } = chosen;
  return {
    ...chosen,
    filter: filter && { ...filter, field: nameOf(filter.field) },
    positions: positions && { ...positions, field: nameOf(positions.field) },
  };
}
