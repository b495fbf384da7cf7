import { createApp } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { provisionConnections } from '../../src/connect/provision-connections.ts';
import { openServices, type Services } from '../../src/services.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { collectLog } from '../support/collect-log.ts';
import { createTestDatabase } from '../support/create-test-database.ts';
import { listen } from '../support/listen.ts';
import { makeConfig } from '../support/make-config.ts';
import { newPushSecret } from '../support/sign-push.ts';

export interface AdminApi {
  services: Services;
  logLines: string[];
  /** Calls the admin API of a connection, with the API token of that one or of another. */
  call<Body>(method: string, path: string, how?: CallOptions): Promise<ApiReply<Body>>;
  close(): Promise<void>;
}

export interface CallOptions {
  connection?: 'acme' | 'other';
  /** Whose token is sent, where it is not the connection's own. */
  as?: 'acme' | 'other';
  body?: unknown;
}

export interface ApiReply<Body> {
  status: number;
  body: Body;
}

const tokenOf = (id: string) => `the-api-token-of-the-connection-${id}`;

/** The admin API of two connections, without Salesforce and without jobs: a test fills the tables itself. */
export async function openAdminApi(settings: Partial<Config> = {}): Promise<AdminApi> {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { log, lines } = collectLog();
  const config = makeConfig(testDatabase, { publicUrl: 'https://companion.example', ...settings });
  const services = openServices({ config, database, kick: () => undefined, log });
  const provisioned = ['acme', 'other'].map((id) => ({
    id,
    name: `Brook and Sons ${id}`,
    pushSecrets: [newPushSecret()],
    apiTokens: [tokenOf(id)],
    salesforce: { origin: 'https://acme.my.salesforce.com', clientId: 'id', clientSecret: 'secret' },
    identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
  }));
  await provisionConnections(database.db, services.sealer, provisioned);
  const server = await listen(
    createApp({ services, storePush: () => Promise.resolve(), isAcceptingWork: () => true }),
  );
  return {
    services,
    logLines: lines,
    async call<Body>(method: string, path: string, how: CallOptions = {}): Promise<ApiReply<Body>> {
      const { connection = 'acme', as = connection, body } = how;
      const answer = await fetch(`${server.url}/v1/connections/${connection}/${path}`, {
        method,
        headers: { authorization: `Bearer ${tokenOf(as)}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true;
      return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as Body };
    },
    async close() {
      await server.close();
      await database.close();
      await testDatabase.remove();
    },
  };
}
