import { changeRecord } from '../org/insert-record.ts';
import { readState } from './check-validation-rules.ts';
import type { Draft } from './draft.ts';
import { meetsCondition } from './rule-conditions.ts';

/** Gives a saved record to whom the first rule that fits names, unless the client asked for no assignment. */
export function assignOwner(draft: Draft): void {
  const { context, object, id } = draft;
  if (id === null || context.autoAssign === false) return;
  const { org } = context;
  const rule = org.settings.assignmentRules.find(
    (candidate) =>
      candidate.object === object.schema.name && meetsCondition(candidate, readState(draft, candidate.field)),
  );
  if (rule === undefined) return;
  changeRecord(org, object.schema.name, id, { OwnerId: org.users[rule.owner].id }, context.userId);
}
