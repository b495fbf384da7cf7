import { randomUUID } from 'node:crypto';
import { provisionConnections } from '../../src/connect/provision-connections.ts';
import { saveImportSettings } from '../../src/store/import-settings.ts';
import { NO_IMPORT, type ImportSettings } from '../../src/connect/import-settings.ts';
import { runImport } from '../../src/import/run-import.ts';
import { openServices, type Services } from '../../src/services.ts';
import { saveNewerStates } from '../../src/store/customers.ts';
import { addImportRun, findImportRun, type ImportKind, type ImportRun } from '../../src/store/import-runs.ts';
import { countSkips } from '../../src/store/import-skips.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { changeRecord, insertRecord } from '../../simulators/salesforce/org/insert-record.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import { collectLog } from '../support/collect-log.ts';
import { createTestDatabase } from '../support/create-test-database.ts';
import { makeConfig } from '../support/make-config.ts';
import { fakeUpflow, type FakeUpflow } from './fake-upflow.ts';

export const CONNECTION = 'acme';
const IDENTIFIER = 'upflow__Shared_Identifier__c';

type Values = Record<string, string | number | boolean | null>;

/** The import of one connection, on a database, a simulated org and an Upflow in memory. */
export interface TestImport {
  org: TestOrg;
  upflow: FakeUpflow;
  services: Services;
  logLines: string[];
  settings(choice: Partial<Omit<ImportSettings, 'revision'>>): Promise<void>;
  /** Adds an Account with its identifier, the customer of that name in Upflow, and contacts, oldest first. */
  addPair(name: string, account?: Values, contacts?: Values[]): { accountId: string; contactIds: string[] };
  addAccount(values: Values): string;
  addContact(accountId: string | null, values: Values, at?: Date): string;
  addUser(values: Values): string;
  /** Changes a record as somebody in Salesforce would. */
  change(object: 'Account' | 'Contact' | 'User', id: string, values: Values): void;
  addCustomers(names: string[]): Promise<void>;
  /** Asks for a run and does it. */
  run(kind?: ImportKind, how?: { by?: string; signal?: AbortSignal }): Promise<ImportRun>;
  /** Goes on with a run that was cut off. */
  goOn(runId: string, signal?: AbortSignal): Promise<ImportRun>;
  /** What another process would do now. */
  work(): Promise<void>;
  skipped(runId: string | null): Promise<Record<string, number>>;
  /** Calls to Salesforce since the last time this was asked. */
  salesforceCalls(): number;
  close(): Promise<void>;
}

export async function openImport(): Promise<TestImport> {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { db } = database;
  const org = await openSimulator();
  const simulated = org.simulator.org;
  const { log, lines } = collectLog();
  const config = makeConfig(testDatabase, {
    simulatorOrigin: org.simulator.url,
    provisioned: [
      {
        id: CONNECTION,
        name: 'Acme',
        pushSecrets: [],
        apiTokens: [],
        salesforce: {
          origin: org.simulator.url,
          clientId: org.simulator.clientId,
          clientSecret: org.simulator.clientSecret,
        },
        identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
      },
    ],
  });
  const services = openServices({ config, database, kick: () => undefined, log });
  await provisionConnections(db, services.sealer, config.provisioned);
  const upflow = fakeUpflow();
  const pending: string[] = [];
  let callsBefore = simulated.stats.apiCalls;

  const insert = (object: string, values: Values, at?: Date): string => {
    const how = { userId: simulated.users.rep.id, ...(at === undefined ? {} : { at: at.getTime() }) };
    const id = insertRecord(simulated, object, values, how);
    simulated.store.commit();
    return id;
  };
  const addCustomers = async (names: string[]) => {
    const at = new Date();
    const states = names.map((name) => ({
      customerId: name,
      updatedAt: at,
      pushSentAt: at,
      pushId: `push-${name}`,
      customer: { id: name, externalId: name, name },
      identifier: name,
    }));
    for (let start = 0; start < states.length; start += 1000) {
      await saveNewerStates(db, CONNECTION, states.slice(start, start + 1000), false);
    }
  };
  const work = async (runId: string, signal?: AbortSignal) => {
    await addCustomers(pending.splice(0));
    await runImport(services, CONNECTION, signal, { openUpflow: () => upflow.client });
    const run = await findImportRun(db, CONNECTION, runId);
    if (run === undefined) throw new Error('The run is gone');
    return run;
  };
  let serial = 0;

  const test: TestImport = {
    org,
    upflow,
    services,
    logLines: lines,
    async settings(choice) {
      const { revision: _, ...nothing } = NO_IMPORT;
      await saveImportSettings(db, CONNECTION, { ...nothing, ...choice });
    },
    addPair(name, account = {}, contacts = []) {
      upflow.addCustomer(name);
      pending.push(name);
      const accountId = test.addAccount({ Name: name, [IDENTIFIER]: name, ...account });
      const contactIds = contacts.map((contact) => test.addContact(accountId, contact));
      return { accountId, contactIds };
    },
    addAccount: (values) => insert('Account', { Name: 'Unnamed', ...values }),
    addContact: (accountId, values, at) =>
      insert('Contact', { LastName: `Person ${++serial}`, AccountId: accountId, ...values }, at),
    addUser: (values) =>
      insert('User', {
        Username: `${randomUUID()}@users.example`,
        LastName: 'User',
        Alias: 'user',
        IsActive: true,
        UserType: 'Standard',
        ...values,
      }),
    change(object, id, values) {
      changeRecord(simulated, object, id, values, simulated.users.rep.id);
      simulated.store.commit();
    },
    addCustomers,
    async run(kind = 'changes', { by = 'test', signal } = {}) {
      const id = await addImportRun(db, CONNECTION, { kind, by });
      if (id === undefined) throw new Error('A run is under way');
      return work(id, signal);
    },
    goOn: work,
    work: () => runImport(services, CONNECTION, undefined, { openUpflow: () => upflow.client }),
    async skipped(runId) {
      const rows = await countSkips(db, CONNECTION, runId);
      return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
    },
    salesforceCalls() {
      const calls = simulated.stats.apiCalls - callsBefore;
      callsBefore += calls;
      return calls;
    },
    async close() {
      await database.close();
      await org.close();
      await testDatabase.remove();
    },
  };
  return test;
}
