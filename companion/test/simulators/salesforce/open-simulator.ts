import {
  startSalesforceSimulator,
  type SalesforceSimulator,
  type SalesforceSimulatorOptions,
} from '../../../simulators/salesforce/start-salesforce-simulator.ts';
import type { UserName } from '../../../simulators/salesforce/org/sample-users.ts';

export interface Reply {
  status: number;
  headers: Headers;
  /** The body as JSON, or as text where it is none. */
  body: unknown;
}

export interface Request {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  user?: UserName;
  version?: string;
}

/** A running simulator and short ways to call it. */
export interface TestOrg {
  simulator: SalesforceSimulator;
  /** A call to the data API, with the path below the version. */
  call: (path: string, request?: Request) => Promise<Reply>;
  /** A call to the control API. */
  control: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** Moves the org's time ahead. */
  advance: (minutes: number) => Promise<Reply>;
  /** The ids of the Accounts that a seed made. */
  seed: (records: Record<string, unknown>[]) => Promise<string[]>;
  /** The rows of a query, as the admin sees them. */
  rows: (soql: string) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

export async function openSimulator(options: SalesforceSimulatorOptions = {}): Promise<TestOrg> {
  const simulator = await startSalesforceSimulator(options);
  const tokens = new Map<UserName, string>();
  const tokenOf = (user: UserName): string => {
    const token = tokens.get(user) ?? simulator.org.openSession(user).accessToken;
    tokens.set(user, token);
    return token;
  };
  const call: TestOrg['call'] = async (path, request = {}) => {
    const { method = 'GET', body, headers = {}, user = 'integration', version = 'v66.0' } = request;
    const authorization = `Bearer ${tokenOf(user)}`;
    const init = { method, headers: { authorization, 'content-type': 'application/json', ...headers } };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const url = `${simulator.url}/services/data/${version}${path}`;
    return readReply(await fetch(url, body === undefined ? init : { ...init, body: text }));
  };
  const control: TestOrg['control'] = async (method, path, body) => {
    const url = `${simulator.url}/_simulator${path}`;
    return readReply(
      await fetch(url, body === undefined ? { method } : { method, body: JSON.stringify(body) }),
    );
  };
  return {
    simulator,
    call,
    control,
    advance: (minutes) => control('PUT', '/clock', { advanceMs: minutes * 60_000 }),
    seed: async (records) => {
      const reply = await control('POST', '/accounts', { records });
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return (reply.body as { created: string[] }).created;
    },
    rows: async (soql) => {
      const reply = await call(`/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return (reply.body as { records: Record<string, unknown>[] }).records;
    },
    close: () => simulator.close(),
  };
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
