import { toLongId } from '../salesforce/account-id.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import { readChanges } from '../salesforce/read-changes.ts';
import { readRows } from '../salesforce/read-rows.ts';
import {
  countSeen,
  countStagedSince,
  dropAccounts,
  listUnseen,
  saveReadAccounts,
  type ReadAccount,
} from '../store/import-accounts.ts';
import { saveCursor } from '../store/import-lease.ts';
import { normalizeCell } from './convert-value.ts';
import {
  cutSlices,
  laterOf,
  readCells,
  refuseVanished,
  whileHeld,
  type ReadingContext,
} from './import-context.ts';

/** Gone Accounts that one transaction forgets. */
const GONE_AT_ONCE = 200;

/**
 * Step 1: reads Accounts, with their side of the shared identifier, their owner and the chosen fields.
 *
 * @param mayVanish whether it is believed that most Accounts are gone
 */
export async function readAccounts(
  context: ReadingContext,
  cursor: string | null,
  mayVanish: boolean,
): Promise<void> {
  const { db, connectionId, client, columns, generation, isFull, tally, signal } = context;
  const fields = listFields(context);
  tally.begin('accounts', ['accounts.read', 'accounts.merged']);
  const onTotal = (rows: number) => tally.expect(rows);
  const batches = isFull
    ? readRows(client, fields, 'FROM Account', { signal, onTotal })
    : readChanges({
        client,
        object: 'Account',
        fields,
        cursor,
        signal,
        onTotal,
        countStored: (since) => countStagedSince(db, connectionId, 'Account', since),
      });
  let newest = cursor;
  for await (const batch of batches) {
    for (const slice of cutSlices(batch)) {
      const read = slice.map((cells) => readAccount(readCells(fields, cells), columns));
      newest = read.reduce((latest, { account }) => laterOf(latest, account.stamp), newest);
      await whileHeld(context, async (trx) => {
        const live = read.filter(({ isDeleted }) => !isDeleted).map(({ account }) => account);
        const gone = read.filter(({ isDeleted }) => isDeleted);
        tally.advance(slice.length);
        tally.add('accounts.read', slice.length);
        tally.add('accounts.changed', await saveReadAccounts(trx, connectionId, generation, live));
        const dropped = await dropAccounts(
          trx,
          connectionId,
          gone.map(({ account }) => account.id),
        );
        tally.add('accounts.gone', dropped);
        if (dropped > 0) tally.add('accounts.merged', gone.filter(({ isMerged }) => isMerged).length);
      });
    }
  }
  if (isFull) await dropUnseenAccounts(context, mayVanish);
  await whileHeld(context, (trx) => saveCursor(trx, connectionId, 'account_cursor', newest));
}

function listFields({ columns }: ReadingContext): string[] {
  return [
    ...new Set([
      ...['Id', 'SystemModstamp', 'IsDeleted', 'MasterRecordId', 'OwnerId'],
      ...(columns.currency ? ['CurrencyIsoCode'] : []),
      columns.identifier,
      ...columns.account.map(({ name }) => name),
    ]),
  ];
}

function readAccount(
  cell: (name: string) => string,
  { identifier, kind, currency, account }: ReadingContext['columns'],
): { account: ReadAccount; isDeleted: boolean; isMerged: boolean } {
  const id = toLongId(cell('Id'));
  return {
    account: {
      id,
      stamp: new Date(cell('SystemModstamp')),
      ownerId: cell('OwnerId') === '' ? null : toLongId(cell('OwnerId')),
      identifier: toIdentifier(cell(identifier), kind),
      currency: currency && cell('CurrencyIsoCode') !== '' ? cell('CurrencyIsoCode') : null,
      values: Object.fromEntries(account.map(({ name, type }) => [name, normalizeCell(cell(name), type)])),
    },
    isDeleted: cell('IsDeleted') === 'true',
    isMerged: cell('MasterRecordId') !== '',
  };
}

async function dropUnseenAccounts(context: ReadingContext, mayVanish: boolean): Promise<void> {
  const { db, connectionId, generation, tally } = context;
  const counted = await countSeen(db, connectionId, 'Account', generation);
  if (!mayVanish) refuseVanished('Account', counted);
  for (let isMore = counted.unseen > 0; isMore;) {
    await whileHeld(context, async (trx) => {
      const ids = await listUnseen(trx, connectionId, 'Account', generation, GONE_AT_ONCE);
      isMore = ids.length === GONE_AT_ONCE;
      tally.add('accounts.gone', await dropAccounts(trx, connectionId, ids));
    });
  }
}
