import type { Kysely } from 'kysely';
import type { Connection } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import { readOthersOfOrg } from '../store/other-connections.ts';
import type { Tables } from '../store/tables.ts';
import { listWrittenFields, resolveTargets } from './map-values.ts';

/**
 * Looks whether an older connection of the same org writes a field that this one would write. Saving a mapping and
 * starting an export refuse that; a connection that is moved to another org meets it here, and waits.
 */
export async function findFieldConflict(
  db: Kysely<Tables>,
  { id, createdAt, mapping }: Connection,
  description: AccountDescription,
): Promise<Reason | undefined> {
  const others = await readOthersOfOrg(db, id);
  const older = others.filter((other) => other.exporting && isBefore(other, { id, createdAt }));
  if (older.length === 0) return undefined;
  const ours = new Set(listWrittenFields(resolveTargets(mapping, description)));
  for (const { name, mapping: theirs } of older) {
    const shared = listWrittenFields(resolveTargets(theirs, description)).filter((field) => ours.has(field));
    if (shared.length === 0) continue;
    return {
      code: 'field-conflict',
      message: `The connection ${name} of the same org writes ${shared.slice(0, 5).join(', ')} already.`,
      explanation: 'Two connections cannot write the same fields of one org: each would undo the other.',
      action: 'Turn the values off in one of the two, or choose other fields for them.',
    };
  }
  return undefined;
}

interface Aged {
  id: string;
  createdAt: Date;
}

function isBefore(a: Aged, b: Aged): boolean {
  const difference = a.createdAt.getTime() - b.createdAt.getTime();
  return difference === 0 ? a.id < b.id : difference < 0;
}
