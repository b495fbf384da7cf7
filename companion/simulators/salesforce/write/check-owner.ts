import type { RowError } from '../http/api-error.ts';
import { previewField, type Draft } from './draft.ts';
import { rowError } from './row-errors.ts';

/** Refuses a save after which somebody who has left the company owns the record. */
export function checkOwner(draft: Draft): RowError[] {
  const { org, user } = draft.context;
  if (org.settings.updateRecordsWithInactiveOwners.includes(user)) return [];
  const ownerId = String(previewField(draft, 'OwnerId') ?? '');
  if (org.store.get('User', ownerId)?.IsActive !== false) return [];
  const label = draft.object.schema.label.toLowerCase();
  const message = `operation performed with inactive user [${ownerId.slice(0, 15)}] as owner of ${label}`;
  return [rowError('INACTIVE_OWNER_OR_USER', message)];
}
