import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { Changes, FieldValue, StoredRecord } from '../store/stored-record.ts';
import type { ExternalReference, RecordInput } from './read-input.ts';
import type { WriteContext } from './write-context.ts';

/** A record on its way to be saved: what it was, and what it is to become as rules and triggers go over it. */
export interface Draft {
  context: WriteContext;
  object: VisibleObject;
  /** Null until a new record is written. */
  id: string | null;
  /** The record as it was; null for a new one. */
  before: StoredRecord | null;
  /** What the request asks to write, as the user may or may not write it. */
  input: RecordInput;
  references: readonly ExternalReference[];
  /** What will be written: the request's values and those that triggers set. */
  changes: Changes;
}

/** One step of a save: it looks at the draft or works on it, and says what is wrong. */
export type SaveStep = (draft: Draft) => RowError[];

/** Starts the save of a new record, or of one that there is. */
export function openDraft(
  context: WriteContext,
  { object, input }: { object: VisibleObject; input: RecordInput },
  id: string | null,
): Draft {
  const before = id === null ? null : (context.org.store.get(object.schema.name, id) ?? null);
  const { references = [], changes } = input;
  return { context, object, id, before, input, references, changes: { ...changes } };
}

/** A field's value as it would be saved. */
export function previewField({ before, changes }: Draft, name: string): FieldValue | null {
  return name in changes ? (changes[name] ?? null) : (before?.[name] ?? null);
}

/** The fields that this save writes, by the user or by a trigger. */
export function changedFields({ object, changes }: Draft): FieldDefinition[] {
  return Object.keys(changes).flatMap((name) => object.schema.fields.get(name.toLowerCase()) ?? []);
}

/** Whether this save changes a field to another value. A new record changes all that it has. */
export function isChanged({ before, changes }: Draft, name: string): boolean {
  return name in changes && (changes[name] ?? null) !== (before?.[name] ?? null);
}
