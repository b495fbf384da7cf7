import type { Answer } from '../http/send-answer.ts';
import type { SaveOutcome } from './save-record.ts';

/** The answer of a collection: always 200. A failed row has no id, but a failed new row of an upsert says `created`. */
export function answerRows(outcomes: SaveOutcome[], showCreated = false): Answer {
  return {
    status: 200,
    body: outcomes.map((outcome) => answerRow(outcome, showCreated)),
    rows: outcomes.length,
  };
}

function answerRow(outcome: SaveOutcome, showCreated: boolean): object {
  const created = showCreated ? { created: outcome.created } : {};
  if (outcome.ok) return { id: outcome.id, success: true, errors: [], ...created };
  const errors = outcome.errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields }));
  return { success: false, errors, ...created };
}
