import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { runAudit } from '../../companion/src/audit-drift/run-audit.ts';
import { provisionConnections } from '../../companion/src/connect/provision-connections.ts';
import { openServices } from '../../companion/src/services.ts';
import { saveNewerStates } from '../../companion/src/store/customers.ts';
import { addAudit, findAudit } from '../../companion/src/store/drift-audits.ts';
import { openDatabase } from '../../companion/src/store/open-database.ts';
import { collectLog } from '../../companion/test/support/collect-log.ts';
import { makeConfig } from '../../companion/test/support/make-config.ts';

/**
 * Audits many Accounts of which one in a hundred has drifted, and says how long it takes, what it costs and how much
 * memory. Salesforce is in a process of its own, so that the memory is the companion's alone.
 */
const ID = 'bench';
const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 100_000);
const PER_CALL = 2000;

interface Salesforce {
  url: string;
  clientId: string;
  clientSecret: string;
}

if (process.send === undefined) await measure();
else {
  process.on('disconnect', () => process.exit());
  const { startSalesforceSimulator } =
    await import('../../companion/simulators/salesforce/start-salesforce-simulator.ts');
  const { url, clientId, clientSecret } = await startSalesforceSimulator({});
  process.send({ url, clientId, clientSecret });
}

function hasDrifted(number: number): boolean {
  return number % 100 === 7;
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url));
  const directory = mkdtempSync(join(tmpdir(), 'bench-drift-'));
  const [salesforce] = (await once(child, 'message')) as [Salesforce];
  const control = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${salesforce.url}/_simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };

  const { url, clientId, clientSecret } = salesforce;
  const config = makeConfig(
    { location: { directory }, environment: {}, remove: () => Promise.resolve() },
    {
      simulatorOrigin: url,
      salesforceTimeoutInMs: 60_000,
      provisioned: [
        {
          id: ID,
          name: ID,
          pushSecrets: [],
          apiTokens: [],
          salesforce: { origin: url, clientId, clientSecret },
          identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
        },
      ],
    },
  );
  const database = await openDatabase(config.database);
  const { db } = database;
  const services = openServices({ config, database, kick: () => undefined, log: collectLog().log });
  await provisionConnections(db, services.sealer, config.provisioned);

  for (let start = 0; start < ACCOUNTS; start += PER_CALL) {
    const numbers = Array.from({ length: Math.min(PER_CALL, ACCOUNTS - start) }, (_, index) => start + index);
    const { created } = await control<{ created: string[] }>('POST', 'accounts', {
      records: numbers.map((number) => ({
        Name: `Account ${number}`,
        Customer_Id__c: `c${number}`,
        Due_Amount__c: number + (hasDrifted(number) ? 1 : 0.5),
        Payer_Rating__c: 'A',
        Balance_Currency__c: 'USD',
        Sync_Status__c: 'Synced',
      })),
    });
    const at = new Date(Date.now() - 60_000);
    await saveNewerStates(
      db,
      ID,
      numbers.map((number) => ({
        customerId: `c${number}`,
        updatedAt: at,
        pushSentAt: at,
        pushId: 'p',
        identifier: null,
        customer: { id: `c${number}`, currency: 'USD', amountDue: number * 100 + 50, rating: 'A' },
      })),
      false,
    );
    await sql`
      insert into account (connection_id, account_id, customer_id)
      select ${ID}, * from unnest(${created}::text[], ${numbers.map((number) => `c${number}`)}::text[])`.execute(
      db,
    );
  }
  await sql`update customer set changed_at = now() - interval '1 minute'`.execute(db);
  await database.maintain?.();

  const before = (await control<{ apiCalls: number }>('GET', 'stats')).apiCalls;
  const id = (await addAudit(db, ID, { by: 'bench' })) ?? '';
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
  const base = process.memoryUsage().rss;
  const begun = performance.now();
  await runAudit(services, ID, new AbortController().signal);
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  const audit = await findAudit(db, ID, id);
  const calls = (await control<{ apiCalls: number }>('GET', 'stats')).apiCalls - before;
  console.log(
    [
      `${ACCOUNTS} Accounts: ${audit?.state}, ${audit?.drifted} drifted of ${Math.round(ACCOUNTS / 100)} planted`,
      `${JSON.stringify(audit?.counts)} ${audit?.reason?.message ?? ''}`,
      `${seconds.toFixed(1)} s, ${calls} API calls (counted ${audit?.calls}), memory ${Math.round(base / 1e6)} MB before, ${Math.round(most / 1e6)} MB at most`,
    ].join('\n'),
  );
  child.kill();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
}
