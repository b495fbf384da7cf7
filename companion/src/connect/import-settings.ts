import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import type { FieldLevel, UpflowFieldType } from '../upflow/custom-fields.ts';

/** A Salesforce field whose values go to a custom field of Upflow. */
export interface ImportedField {
  /** `customer`: a field of Account; `contact`: a field of Contact. */
  level: FieldLevel;
  /** API name in Salesforce. */
  field: string;
  upflowId: string;
  upflowName: string;
  upflowType: UpflowFieldType;
}

export const FILTER_OPERATORS = ['equals', 'contains', 'in list'] as const;

/** Which contacts are imported; texts are compared without regard to case. */
export interface ContactFilter {
  /** API name of a Contact field. */
  field: string;
  operator: (typeof FILTER_OPERATORS)[number];
  /** One value, or the list. */
  values: readonly string[];
}

/** Where a contact's position in Upflow comes from. */
export interface PositionMapping {
  /** API name of a Contact field. */
  field: string;
  /** What the field's values stand for; null where they are positions themselves. */
  table: Readonly<Record<string, string>> | null;
}

/** What a connection imports. */
export interface ImportSettings {
  owners: boolean;
  contacts: boolean;
  filter: ContactFilter | null;
  positions: PositionMapping | null;
  fields: readonly ImportedField[];
  /** Raised by each change. */
  revision: number;
}

/** Nothing is imported; Accounts are read all the same, so that matching knows them. */
export const NO_IMPORT: ImportSettings = {
  owners: false,
  contacts: false,
  filter: null,
  positions: null,
  fields: [],
  revision: 0,
};

/** The Salesforce fields of one object that the settings need. */
export function listFieldsOf(settings: ImportSettings, level: FieldLevel): string[] {
  const chosen = settings.fields.filter((field) => field.level === level).map(({ field }) => field);
  if (level === 'customer') return [...new Set(chosen)];
  const others = [settings.filter?.field ?? [], settings.positions?.field ?? []].flat();
  return [...new Set([...chosen, ...others])];
}

/** Whether a contact with these values is one that is imported. */
export function passesFilter(
  filter: ContactFilter | null,
  values: Readonly<Record<string, string>>,
): boolean {
  if (filter === null) return true;
  const value = (values[filter.field] ?? '').toLowerCase();
  const wanted = filter.values.map((text) => text.toLowerCase());
  if (filter.operator === 'contains') return wanted.some((text) => value.includes(text));
  return wanted.includes(value);
}

/** A Salesforce field by the name that the org has for it. */
export interface Column {
  name: string;
  /** As describe has it. */
  type: string;
}

/** What is read of each object. Kept, so that a run need not ask for it. */
export interface ImportColumns {
  identifier: string;
  kind: IdentifierKind;
  /** Accounts have a currency of their own. */
  currency: boolean;
  account: Column[];
  contact: Column[];
}

/** What is read of each contact beside its id, stamp and Account. */
export const CONTACT_FIELDS = ['Email', 'FirstName', 'LastName', 'Title', 'Phone'] as const;
