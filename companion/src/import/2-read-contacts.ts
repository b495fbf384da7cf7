import { CONTACT_FIELDS, passesFilter } from '../connect/import-settings.ts';
import { toLongId } from '../salesforce/account-id.ts';
import { readChanges } from '../salesforce/read-changes.ts';
import { readRows } from '../salesforce/read-rows.ts';
import { countSeen, countStagedSince, listUnseen } from '../store/import-accounts.ts';
import { dropContacts, saveReadContacts, type ReadContact } from '../store/import-contacts.ts';
import { saveCursor } from '../store/import-lease.ts';
import { checkEmail } from './check-email.ts';
import { normalizeCell } from './convert-value.ts';
import {
  cutSlices,
  laterOf,
  readCells,
  refuseVanished,
  whileHeld,
  type ReadingContext,
} from './import-context.ts';

const GONE_AT_ONCE = 500;

/** Step 2: reads Contacts, and decides of each whether it can be imported at all. */
export async function readContacts(
  context: ReadingContext,
  cursor: string | null,
  mayVanish: boolean,
): Promise<void> {
  const { db, connectionId, client, columns, generation, isFull, tally, signal } = context;
  const fields = [
    ...new Set([
      ...['Id', 'SystemModstamp', 'IsDeleted', 'AccountId', 'CreatedDate'],
      ...CONTACT_FIELDS,
      ...columns.contact.map(({ name }) => name),
    ]),
  ];
  tally.begin('contacts', ['contacts.read']);
  const onTotal = (rows: number) => tally.expect(rows);
  const batches = isFull
    ? readRows(client, fields, 'FROM Contact', { signal, onTotal })
    : readChanges({
        client,
        object: 'Contact',
        fields,
        cursor,
        signal,
        onTotal,
        countStored: (since) => countStagedSince(db, connectionId, 'Contact', since),
      });
  let newest = cursor;
  for await (const batch of batches) {
    for (const slice of cutSlices(batch)) {
      const read = slice.map((cells) => readContact(readCells(fields, cells), context));
      newest = read.reduce((latest, { contact }) => laterOf(latest, contact.stamp), newest);
      await whileHeld(context, async (trx) => {
        const live = read.filter(({ isDeleted }) => !isDeleted).map(({ contact }) => contact);
        const gone = read.filter(({ isDeleted }) => isDeleted).map(({ contact }) => contact.id);
        tally.advance(slice.length);
        tally.add('contacts.read', slice.length);
        tally.add('contacts.changed', await saveReadContacts(trx, connectionId, generation, live));
        tally.add('contacts.gone', await dropContacts(trx, connectionId, gone));
      });
    }
  }
  if (isFull) await dropUnseenContacts(context, mayVanish);
  await whileHeld(context, (trx) => saveCursor(trx, connectionId, 'contact_cursor', newest));
}

function readContact(
  cell: (name: string) => string,
  { columns, settings }: ReadingContext,
): { contact: ReadContact; isDeleted: boolean } {
  const values = Object.fromEntries(
    columns.contact.map(({ name, type }) => [name, normalizeCell(cell(name), type)]),
  );
  const email = checkEmail(cell('Email'));
  const trouble = passesFilter(settings.filter, values)
    ? 'trouble' in email
      ? email.trouble
      : null
    : 'outside-filter';
  return {
    contact: {
      id: toLongId(cell('Id')),
      stamp: new Date(cell('SystemModstamp')),
      accountId: cell('AccountId') === '' ? null : toLongId(cell('AccountId')),
      email: cell('Email').trim(),
      emailKey: trouble === null && 'key' in email ? email.key : null,
      firstName: normalizeCell(cell('FirstName'), 'string'),
      lastName: normalizeCell(cell('LastName'), 'string'),
      title: normalizeCell(cell('Title'), 'string'),
      phone: normalizeCell(cell('Phone'), 'phone'),
      createdAt: new Date(cell('CreatedDate')),
      values,
      trouble,
    },
    isDeleted: cell('IsDeleted') === 'true',
  };
}

async function dropUnseenContacts(context: ReadingContext, mayVanish: boolean): Promise<void> {
  const { db, connectionId, generation, tally } = context;
  const counted = await countSeen(db, connectionId, 'Contact', generation);
  if (!mayVanish) refuseVanished('Contact', counted);
  for (let isMore = counted.unseen > 0; isMore;) {
    await whileHeld(context, async (trx) => {
      const ids = await listUnseen(trx, connectionId, 'Contact', generation, GONE_AT_ONCE);
      isMore = ids.length === GONE_AT_ONCE;
      tally.add('contacts.gone', await dropContacts(trx, connectionId, ids));
    });
  }
}
