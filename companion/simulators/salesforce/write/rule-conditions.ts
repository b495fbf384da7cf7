import { z } from 'zod';
import type { FieldValue } from '../store/stored-record.ts';

/** What a rule may ask of one field. All that is given must hold; a rule that asks nothing always holds. */
export const conditionShape = {
  whenEquals: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  whenStartsWith: z.string().optional(),
  whenContains: z.string().optional(),
  whenGreaterThan: z.number().optional(),
  whenLessThan: z.number().optional(),
  /** Whether the field has no value. */
  whenBlank: z.boolean().optional(),
  /** Whether this save changes the field. As with ISCHANGED, a new record has changed nothing. */
  whenChanged: z.boolean().optional(),
};

export type Condition = z.infer<z.ZodObject<typeof conditionShape>>;

/** The value of one field as it would be saved, and as it was; undefined for a new record. */
export interface FieldState {
  value: FieldValue | null;
  before: FieldValue | null | undefined;
}

/** Whether a field meets a condition. */
export function meetsCondition(rule: Condition, { value, before }: FieldState): boolean {
  const text = String(value ?? '');
  const changed = before !== undefined && before !== value;
  return [
    rule.whenEquals === undefined || (value ?? emptyLike(rule.whenEquals)) === rule.whenEquals,
    rule.whenStartsWith === undefined || text.startsWith(rule.whenStartsWith),
    rule.whenContains === undefined || text.includes(rule.whenContains),
    rule.whenGreaterThan === undefined || (typeof value === 'number' && value > rule.whenGreaterThan),
    rule.whenLessThan === undefined || (typeof value === 'number' && value < rule.whenLessThan),
    rule.whenBlank === undefined || (value === null) === rule.whenBlank,
    rule.whenChanged === undefined || changed === rule.whenChanged,
  ].every(Boolean);
}

/** A checkbox that nobody ticked has no stored value, and is false. */
function emptyLike(wanted: FieldValue | null): FieldValue | null {
  return wanted === false ? false : null;
}
