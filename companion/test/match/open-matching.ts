import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Connection, SharedIdentifier } from '../../src/connect/connection.ts';
import { runMatchJobs, type MatchContext } from '../../src/match/run-match-jobs.ts';
import { openSalesforceClient } from '../../src/salesforce/open-client.ts';
import { saveNewerStates } from '../../src/store/customers.ts';
import { addMatchJob, findMatchJob, type MatchJob } from '../../src/store/match-jobs.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import type { Tables } from '../../src/store/tables.ts';
import type { Customer } from '../../src/upflow/push-schema.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import { collectLog } from '../support/collect-log.ts';
import { createTestDatabase } from '../support/create-test-database.ts';

/** Matching on a database and a simulated org, without the rest of the companion. */
export interface Matching {
  org: TestOrg;
  database: Database;
  db: Kysely<Tables>;
  addConnection(id: string, pair: SharedIdentifier): Promise<void>;
  addCustomers(connectionId: string, customers: Customer[]): Promise<void>;
  /** Does one job to its end. */
  run(connectionId: string, kind: MatchJob['kind'], pair?: SharedIdentifier): Promise<MatchJob | undefined>;
  close(): Promise<void>;
}

export async function openMatching(): Promise<Matching> {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { db } = database;
  const org = await openSimulator();
  const session = () => {
    const { accessToken, instanceUrl } = org.simulator.org.openSession('integration');
    return Promise.resolve({ accessToken, instanceOrigin: instanceUrl, generation: 1 });
  };
  const client = openSalesforceClient({
    sessions: { current: session, renew: session },
    apiVersion: '66.0',
    timeoutInMs: 10_000,
    onCall: () => undefined,
  });
  const { log } = collectLog();

  return {
    org,
    database,
    db,
    async addConnection(id, pair) {
      await sql`
        insert into connection (connection_id, identifier) values (${id}, ${JSON.stringify(pair)}::json)`.execute(
        db,
      );
    },
    async addCustomers(connectionId, customers) {
      const at = new Date();
      for (let start = 0; start < customers.length; start += 1000) {
        const states = customers.slice(start, start + 1000).map((customer) => ({
          customerId: customer.id,
          updatedAt: at,
          pushSentAt: at,
          pushId: `push-${start}`,
          customer,
          identifier: customer.externalId ?? null,
        }));
        await saveNewerStates(db, connectionId, states);
      }
    },
    async run(connectionId, kind, pair) {
      await addMatchJob(db, connectionId, { kind, pair: pair ?? null, by: 'test' });
      const connection = { id: connectionId } as Connection;
      const context: MatchContext = { db, connection, client: () => client, kick: () => undefined, log };
      await runMatchJobs(context);
      return findMatchJob(db, connectionId, kind);
    },
    async close() {
      await database.close();
      await org.close();
      await testDatabase.remove();
    },
  };
}
