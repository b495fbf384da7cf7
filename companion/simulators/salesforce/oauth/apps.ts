import type { Identity } from '../org/org-identity.ts';
import type { RecordStore } from '../store/record-store.ts';
import { appShape, type App } from './app.ts';

const table = '_app';

/** The apps that this org knows. Two are there from the start: the default one and that of Salesforce's CLI. */
export class Apps {
  readonly #store: RecordStore;
  readonly #builtIn: readonly App[];

  constructor(store: RecordStore, identity: Identity) {
    this.#store = store;
    this.#builtIn = [describeDefaultApp(identity), describeCommandLineApp()];
  }

  find(clientId: string | null): App | null {
    const kept = this.#store.get(table, clientId ?? '');
    if (kept !== undefined) return appShape.parse(JSON.parse(String(kept.app)));
    return this.#builtIn.find((app) => app.clientId === clientId) ?? null;
  }

  list(): App[] {
    const ids = [...this.#builtIn.map((app) => app.clientId), ...this.#store.rows(table).keys()];
    return [...new Set(ids)].flatMap((id) => this.find(id) ?? []);
  }

  save(app: App): void {
    this.#store.put(table, app.clientId, { app: JSON.stringify(app) });
    this.#store.commit();
  }

  /** Forgets an app, or what was changed of one that is always there. */
  remove(clientId: string): void {
    this.#store.remove(table, clientId);
    this.#store.commit();
  }
}

function describeDefaultApp({ clientId, clientSecret }: Identity): App {
  return appShape.parse({
    clientId,
    clientSecret,
    name: 'Upflow',
    anyLoopbackRedirect: true,
    scopes: ['api', 'web', 'id', 'openid', 'profile', 'email', 'refresh_token', 'offline_access'],
    runAsUser: 'integration',
  });
}

/** What `sf org login web` signs in with: a public client that every org has. */
function describeCommandLineApp(): App {
  return appShape.parse({
    clientId: 'PlatformCLI',
    name: 'Salesforce CLI',
    kind: 'connected',
    redirectUris: ['http://localhost:1717/OauthRedirect'],
    scopes: ['refresh_token', 'api', 'web'],
  });
}
