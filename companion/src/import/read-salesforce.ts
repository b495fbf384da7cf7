import type { SharedIdentifier } from '../connect/connection.ts';
import { markAllDirty } from '../store/import-customers.ts';
import { beginPass, forgetColumns, readImportState } from '../store/import-lease.ts';
import { IMPORT_PHASES, type ImportPhase, type ImportRun } from '../store/import-runs.ts';
import { PairChanged, readPairInForce } from '../store/pair-in-force.ts';
import { readAccounts } from './1-read-accounts.ts';
import { readContacts } from './2-read-contacts.ts';
import { readOwners } from './3-read-owners.ts';
import { matchCustomers } from './4-match-customers.ts';
import { chooseColumns } from './choose-columns.ts';
import type { ReadingContext } from './import-context.ts';

type Given = Omit<ReadingContext, 'columns' | 'isFull' | 'generation' | 'epoch'> & {
  run: ImportRun;
  identifier: SharedIdentifier;
};

/** Steps 1 to 4: reads what changed, or everything, and matches. @returns whether it was a complete pass */
export async function readSalesforce(given: Given): Promise<boolean> {
  const { run, identifier: _identifier, ...shared } = given;
  const { db, connectionId, settings } = given;
  const context = await prepare(given);
  const reach = run.phase === null ? 0 : IMPORT_PHASES.indexOf(run.phase);
  const isToDo = (phase: ImportPhase) => reach <= IMPORT_PHASES.indexOf(phase);
  const { isFull } = context;
  const cursors = await readImportState(db, connectionId);
  try {
    const mayVanish = run.kind === 'full';
    if (isToDo('accounts')) {
      await readAccounts({ ...shared, ...context }, cursors?.account_cursor ?? null, mayVanish);
    }
    if (isToDo('contacts') && settings.contacts) {
      await readContacts({ ...shared, ...context }, cursors?.contact_cursor ?? null, mayVanish);
    }
    if (isToDo('owners') && settings.owners) {
      await readOwners({ ...shared, ...context }, cursors?.user_cursor ?? null);
    }
  } catch (error) {
    // A field was deleted or hidden since the columns were chosen: the next run chooses anew.
    if ((error as { errorCode?: unknown }).errorCode === 'INVALID_FIELD')
      await forgetColumns(db, connectionId);
    throw error;
  }
  if (isToDo('matching')) await matchCustomers({ ...shared, ...context });
  return isFull;
}

/** Decides whether everything is read, and with which columns; a pass that was cut off goes on. */
async function prepare({
  db,
  connectionId,
  client,
  settings,
  run,
  identifier,
}: Given): Promise<Pick<ReadingContext, 'columns' | 'isFull' | 'generation' | 'epoch'>> {
  const state = await readImportState(db, connectionId);
  const inForce = await readPairInForce(db, connectionId);
  if (state === undefined || inForce === undefined || inForce.switching) throw new PairChanged();
  const { epoch } = inForce;
  const { columns, generation, revision } = state;
  const isSame = columns !== null && revision === settings.revision && state.epoch === epoch;
  const wasBegun = run.phase !== null;
  if (isSame && (wasBegun || (run.kind !== 'full' && !state.isFullDue))) {
    return { columns, generation, epoch, isFull: state.full_at === null };
  }
  // With a phase that an earlier attempt reached under other settings nothing can be gone on with.
  run.phase = null;
  if (revision !== settings.revision) await markAllDirty(db, connectionId);
  const chosen = await client.call((calls) => chooseColumns(calls, identifier, settings));
  const pass = { columns: chosen, revision: settings.revision, epoch };
  return { columns: chosen, epoch, isFull: true, generation: await beginPass(db, connectionId, pass) };
}
