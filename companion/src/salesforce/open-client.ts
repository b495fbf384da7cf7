import { Connection } from 'jsforce';
import { SalesforceCallError } from './call-error.ts';
import { GuardedTransport, type CallObserver } from './guard-transport.ts';

export interface SalesforceClient {
  /**
   * Runs calls as the integration user. An expired session is renewed once and the calls are repeated
   * once; a second refusal is the caller's to handle.
   */
  call<Result>(calls: (connection: Connection) => Promise<Result>): Promise<Result>;
}

/** What calls are made with. */
export interface Session {
  accessToken: string;
  /** The origin that every call of this session goes to. */
  instanceOrigin: string;
  /** Which of the connection's sessions this is. */
  generation: number;
}

/** Keeps a session, shared with whoever else uses it. */
export interface SessionSource {
  /** The session as it is known here; a new one where there is none. */
  current(): Promise<Session>;
  /** A session newer than the one that was refused. */
  renew(refused: Session): Promise<Session>;
}

export interface SalesforceClientOptions extends CallObserver {
  sessions: SessionSource;
  apiVersion: string;
  timeoutInMs: number;
}

/**
 * jsforce for the shapes of the API, with our own transport and session: jsforce would renew an expired
 * session without end, follow redirects with the token, repeat reads unseen, and wait for half an hour.
 */
export function openSalesforceClient(options: SalesforceClientOptions): SalesforceClient {
  const { sessions } = options;
  return {
    async call(calls) {
      const used = await sessions.current();
      try {
        return await calls(connect(used, options));
      } catch (error) {
        const hasExpired = isExpiredSession(error);
        if (!hasExpired && !isFromLeftHost(error)) throw error;
        const renewed = await sessions.renew(used);
        // Where the org has not moved, the same request at the same place would meet the same end.
        if (!hasExpired && renewed.instanceOrigin === used.instanceOrigin) throw error;
        return calls(connect(renewed, options));
      }
    },
  };
}

function connect({ accessToken, instanceOrigin }: Session, options: SalesforceClientOptions): Connection {
  const { apiVersion, timeoutInMs } = options;
  const connection = new Connection({ accessToken, instanceUrl: instanceOrigin, version: apiVersion });
  connection._transport = new GuardedTransport({ origin: instanceOrigin, timeoutInMs }, options);
  return connection;
}

function isExpiredSession(error: unknown): boolean {
  return (error as { errorCode?: unknown }).errorCode === 'INVALID_SESSION_ID';
}

/** An org that moved leaves a redirect, a page in HTML, or nothing at its old address. */
function isFromLeftHost(error: unknown): boolean {
  if (error instanceof SalesforceCallError) {
    return error.problem === 'redirect' || error.details.networkCode === 'ENOTFOUND';
  }
  return (error as { errorCode?: unknown }).errorCode === 'ERROR_HTTP_404';
}
