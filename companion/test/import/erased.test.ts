import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startErasure } from '../../src/erase/start-erasure.ts';
import { workOnErasures } from '../../src/erase/work-on-erasures.ts';
import { findTexts } from '../support/dump-database.ts';
import { eventually } from '../support/start-pipeline.ts';
import { CONNECTION, openImport, type TestImport } from './open-import.ts';

let acme: TestImport;
beforeAll(async () => {
  acme = await openImport();
  await acme.settings({ owners: true, contacts: true });
});
afterAll(() => acme.close());

/** Rows of the import that name the customer. */
async function countKept(): Promise<number> {
  const { rows } = await acme.services.database.pool.query<{ kept: number }>(
    `select (select count(*) from import_customer where customer_id = 'erased')
      + (select count(*) from import_sent_contact where customer_id = 'erased')
      + (select count(*) from import_skip where customer_id = 'erased') as kept`,
  );
  return Number(rows[0]?.kept);
}

test('of a customer that is erased while it is sent nothing is kept, and others are sent as before', async () => {
  const { db } = acme.services.database;
  acme.addPair('erased', {}, [{ Email: 'erased@customer.example' }, { Email: null }]);
  acme.addPair('stays', {}, [{ Email: 'stays@customer.example' }]);
  let begun: Awaited<ReturnType<typeof startErasure>> | undefined;
  const cutOff = new AbortController();
  acme.upflow.interfere = async (call, when) => {
    if (begun !== undefined || when !== 'after' || call !== 'POST /customers/erased/contacts') return;
    begun = await startErasure(db, CONNECTION, 'erased', 'somebody');
    workOnErasures(acme.services, CONNECTION, cutOff.signal).catch(() => undefined);
    await eventually(async () => ((await countKept()) === 0 ? true : undefined), 'its rows to go');
    cutOff.abort();
  };
  const run = await acme.run();
  expect(begun).toMatchObject({ id: expect.any(String) });
  expect(run.state).toBe('done');
  expect(acme.upflow.customers.get('stays')?.contacts).toHaveLength(1);
  const contactOfUpflow = acme.upflow.customers.get('erased')?.contacts[0]?.id ?? '';
  expect(contactOfUpflow).not.toBe('');
  expect(await countKept()).toBe(0);
  expect(await findTexts(db, [contactOfUpflow])).toEqual([]);
});
