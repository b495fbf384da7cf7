import { walkAuthorization, type WalkEnd } from '../simulators/salesforce/walk-authorization.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import type { UserName } from '../../simulators/salesforce/org/sample-users.ts';
import type { Config } from '../../src/config.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

export interface Problem {
  title: string;
  detail: string;
  status: number;
  type: string;
  errors?: { field: string; problem: string }[];
  reason?: { code: string; action: string };
  connections?: { id: string; name: string }[];
}

/** A connection as the API shows it. */
export interface View {
  id: string;
  state: string;
  stateReason: { code: string; explanation: string; action: string; message: string } | null;
  organizationId: string | null;
  exporting: boolean;
  upflow: {
    apiKey: string;
    state: string;
    reason: { code: string } | null;
    read: { state: string; read: number; total: number | null; reason: { code: string } | null } | null;
  } | null;
  pushUrl: string;
  pushSecrets: { id: string; hint: string }[];
  apiTokens: { id: string; name: string }[];
  salesforce: {
    flow: string;
    origin: string;
    instanceOrigin: string | null;
    clientId: string;
    userId: string | null;
    username: string | null;
  } | null;
  steps: Record<string, string>;
}

export interface Answer<Body> {
  status: number;
  body: Body;
}

/** The console's API with somebody signed in, and an org that runs on this machine. */
export interface Connecting {
  console: TestConsole;
  org: TestOrg;
  browser: ConsoleBrowser;
  api<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>>;
  /** Makes a connection that is to sign in by the web-server flow. */
  make(name: string): Promise<string>;
  begin(id: string, body?: object): Promise<{ id: string; url: string }>;
  /** Walks Salesforce's pages from an address to the callback. */
  walk(url: string, user?: UserName, decision?: 'allow' | 'deny'): Promise<WalkEnd>;
  /** Makes a connection, if needed, and has a user approve it. */
  connect(id: string, user?: UserName, body?: object): Promise<View>;
  view(id: string): Promise<View>;
  disconnectAll(): Promise<void>;
  stop(): Promise<void>;
}

export async function openConnecting(settings: Partial<Config> = {}): Promise<Connecting> {
  const org = await openSimulator();
  const { clientId, clientSecret } = org.simulator;
  const console = await startConsole({
    simulatorOrigin: 'http://127.0.0.1:0',
    salesforceApp: { clientId, clientSecret },
    ...settings,
  });
  const browser = console.openBrowser();
  await browser.signIn();

  const api: Connecting['api'] = async <Body>(method: string, path: string, body?: unknown) => {
    const answer = await browser.call(method, `/v1/connections${path}`, body === undefined ? {} : { body });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  };
  const view = async (id: string) => (await api<View>('GET', `/${id}`)).body;
  const begin: Connecting['begin'] = async (id, body = {}) => {
    const answer = await api<{ id: string; url: string }>('POST', `/${id}/salesforce/authorizations`, body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const walk: Connecting['walk'] = (url, user = 'admin', decision = 'allow') =>
    walkAuthorization(url, { username: org.simulator.org.users[user].username, decision });

  return {
    console,
    org,
    browser,
    api,
    view,
    begin,
    walk,
    async make(name) {
      const { id } = (await api<View>('POST', '', { name })).body;
      const domain = org.simulator.org.url;
      const answer = await api<View>('PUT', `/${id}/salesforce`, { flow: 'web-server', domain });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return id;
    },
    async connect(id, user, body) {
      const { callback } = await walk((await begin(id, body)).url, user);
      if (callback === null) throw new Error('Salesforce sent nobody back');
      await browser.call('GET', callback.pathname + callback.search);
      return view(id);
    },
    async disconnectAll() {
      const { rows } = (await api<{ rows: View[] }>('GET', '')).body;
      for (const { id, state } of rows) if (state !== 'disconnected') await api('POST', `/${id}/disconnect`);
    },
    async stop() {
      await console.stop();
      await org.close();
    },
  };
}
