import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { disconnect } from '../../src/connect/end-connection.ts';
import type { ImportedField } from '../../src/connect/import-settings.ts';
import { addDueImportRuns, listImportRuns } from '../../src/store/import-runs.ts';
import { readImportSettings } from '../../src/store/import-settings.ts';
import { UpflowCallError } from '../../src/upflow/call-error.ts';
import { CONNECTION, openImport, type TestImport } from './open-import.ts';

const industry: ImportedField = {
  ...{ level: 'customer', field: 'Industry', upflowId: 'f', upflowName: 'Industry', upflowType: 'TEXT' },
};
let acme: TestImport;

beforeAll(async () => {
  acme = await openImport();
  await acme.settings({ owners: true, contacts: true, fields: [industry] });
  const owner = acme.addUser({ Email: 'owner@sales.example' });
  for (const name of ['one', 'two']) {
    acme.addPair(name, { OwnerId: owner, Industry: 'Media' }, [{ Email: `a@${name}.example` }]);
  }
  await acme.run();
});
afterAll(() => acme.close());

const stateOf = (name: string) => {
  const customer = acme.upflow.customers.get(name);
  return {
    contacts: customer?.contacts.length,
    field: customer?.customFields.get('f'),
    isAssigned: customer?.accountManagerId != null,
  };
};
const IMPORTED = { contacts: 1, field: 'Media', isAssigned: true };
const LEFT = { contacts: 0, field: undefined, isAssigned: true };

async function end(how?: { switching: boolean }) {
  const connection = await acme.services.directory.find(CONNECTION);
  if (connection === undefined) throw new Error('The connection is gone');
  await disconnect(acme.services, connection, 'test', how);
}
async function connectAgain() {
  await acme.services.states.change({
    ...{
      connectionId: CONNECTION,
      to: 'connected',
      from: ['disconnected'],
      actor: 'test',
      action: 'connected',
    },
  });
}

test('nothing is imported while the connection is paused', async () => {
  const { states, database } = acme.services;
  const change = (to: 'paused' | 'connected') =>
    states.change({ connectionId: CONNECTION, to, from: ['connected', 'paused'], actor: 'test', action: to });
  await change('paused');
  await addDueImportRuns(database.db, 'schedule');
  acme.salesforceCalls();
  const run = await acme.run();
  expect(run).toMatchObject({ state: 'stopped', reason: { code: 'connection-ended' } });
  expect(acme.salesforceCalls()).toBe(0);
  expect(stateOf('one')).toEqual(IMPORTED);
  await change('connected');
});

test('disconnecting while Upflow is away is made good later, and keeps the latest assignments and the settings', async () => {
  expect([stateOf('one'), stateOf('two')]).toEqual([IMPORTED, IMPORTED]);
  await end();
  const { db } = acme.services.database;
  acme.upflow.interfere = () => {
    throw new UpflowCallError('network', 'Upflow could not be reached');
  };
  await acme.work();
  expect((await listImportRuns(db, CONNECTION))[0]).toMatchObject({ kind: 'removal', state: 'failed' });
  acme.upflow.interfere = undefined;
  await addDueImportRuns(db, 'schedule');
  await acme.work();
  expect((await listImportRuns(db, CONNECTION))[0]).toMatchObject({ kind: 'removal', state: 'done' });
  expect([stateOf('one'), stateOf('two')]).toEqual([LEFT, LEFT]);
  expect(await readImportSettings(db, CONNECTION)).toMatchObject({ owners: true, contacts: true });
  // Nothing is left to do.
  await addDueImportRuns(db, 'schedule');
  expect((await listImportRuns(db, CONNECTION))[0]?.state).toBe('done');
});

test('connecting again brings everything back', async () => {
  await connectAgain();
  await acme.run();
  expect([stateOf('one'), stateOf('two')]).toEqual([IMPORTED, IMPORTED]);
});

test('connecting again before the removal has ended keeps what is there', async () => {
  await end();
  await connectAgain();
  acme.upflow.calls.length = 0;
  await acme.work();
  const run = await acme.run();
  expect(run.state).toBe('done');
  expect(acme.upflow.writes()).toEqual([]);
  expect([stateOf('one'), stateOf('two')]).toEqual([IMPORTED, IMPORTED]);
});

test('switching the org forgets what was read of it, and removes what came from it', async () => {
  await end({ switching: true });
  await acme.work();
  expect([stateOf('one'), stateOf('two')]).toEqual([LEFT, LEFT]);
  const { db } = acme.services.database;
  expect(await db.selectFrom('import_account').selectAll().execute()).toEqual([]);
  expect(await db.selectFrom('import_contact').selectAll().execute()).toEqual([]);
});
