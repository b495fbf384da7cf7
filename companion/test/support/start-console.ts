import { randomInt } from 'node:crypto';
import { createApp } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { provisionConnections } from '../../src/connect/provision-connections.ts';
import type { ProvisionedConnection } from '../../src/connect/read-connections-file.ts';
import { makeLink } from '../../src/console/sign-in/one-time-links.ts';
import { openServices, type Services } from '../../src/services.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { collectLog } from './collect-log.ts';
import { createTestDatabase } from './create-test-database.ts';
import { listen } from './listen.ts';
import { makeConfig } from './make-config.ts';
import { newPushSecret } from './sign-push.ts';

/** What a browser does with the admin API: it keeps cookies, and follows nothing by itself. */
export interface ConsoleBrowser {
  /** The cookies that it sends. */
  cookies: Map<string, string>;
  /** Sent with each call that changes something, once it is known. */
  csrfToken: string | undefined;
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Signs in with a new link. */
  signIn(): Promise<Response>;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** The web application of the companion with its database, without the jobs behind it. */
export interface TestConsole {
  url: string;
  services: Services;
  logLines: string[];
  openBrowser(): ConsoleBrowser;
  /** The token of a new one-time link. */
  makeToken(): Promise<string>;
  /** Another process on the same database, as far as the web is concerned. */
  startAnother(
    settings?: Partial<Config>,
  ): Promise<{ url: string; openBrowser(): ConsoleBrowser; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startConsole(settings: Partial<Config> = {}): Promise<TestConsole> {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { log, lines } = collectLog();
  const config = makeConfig(testDatabase, settings);

  const serve = async (changed: Partial<Config>) => {
    const services = openServices({
      config: { ...config, ...changed },
      database,
      kick: () => undefined,
      log,
    });
    const listening = await listen(
      createApp({ services, storePush: () => Promise.resolve(), isAcceptingWork: () => true }),
    );
    const { url } = listening;
    return { url, services, openBrowser: () => openBrowser(url, makeToken), stop: () => listening.close() };
  };
  const makeToken = async () => (await makeLink(database.db, '')).url.split('#')[1] ?? '';

  const first = await serve({});
  await provisionConnections(database.db, first.services.sealer, config.provisioned);
  return {
    ...first,
    logLines: lines,
    makeToken,
    startAnother: (changed = {}) => serve(changed),
    async stop() {
      await first.stop();
      await database.close();
      await testDatabase.remove();
    },
  };
}

/** A connection that is there from the start. Its org is never asked anything. */
export function makeConnection(
  id: string,
  given: Partial<ProvisionedConnection> = {},
): ProvisionedConnection {
  return {
    id,
    name: id,
    pushSecrets: [newPushSecret()],
    apiTokens: [`the-api-token-of-${id}-long-enough`],
    salesforce: { origin: `https://${id}.my.salesforce.com`, clientId: 'client', clientSecret: 'secret' },
    identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
    ...given,
  };
}

/** Each browser says that it has an address of its own, which counts where a proxy in front is trusted. */
function openBrowser(origin: string, makeToken: () => Promise<string>): ConsoleBrowser {
  const address = `192.0.2.${randomInt(256)}, 2001:db8::${randomInt(65_536).toString(16)}`;
  const browser: ConsoleBrowser = {
    cookies: new Map(),
    csrfToken: undefined,
    async call(method, path, { body, headers } = {}) {
      const answer = await fetch(new URL(path, origin), {
        method,
        redirect: 'manual',
        headers: {
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': address,
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(browser.csrfToken === undefined ? {} : { 'x-csrf-token': browser.csrfToken }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        browser.cookies.set(name, value);
      }
      return answer;
    },
    async signIn() {
      const answer = await browser.call('POST', '/v1/session/link', { body: { token: await makeToken() } });
      const { csrfToken } = (await answer.clone().json()) as { csrfToken?: string };
      browser.csrfToken = csrfToken;
      return answer;
    },
  };
  return browser;
}
