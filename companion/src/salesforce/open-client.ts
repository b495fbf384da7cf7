import { Connection } from 'jsforce';
import { GuardedTransport, type CallObserver } from './guard-transport.ts';
import { signIn, type Credentials, type Session } from './sign-in.ts';

export interface SalesforceClient {
  /**
   * Runs calls as the integration user. An expired session is renewed once and the calls are repeated
   * once; a second refusal is the caller's to handle.
   */
  call<Result>(calls: (connection: Connection) => Promise<Result>): Promise<Result>;
}

export interface SalesforceClientOptions extends CallObserver {
  credentials: Credentials;
  apiVersion: string;
  timeoutInMs: number;
  simulatorOrigin?: string | undefined;
  /** Called with the org that answered a sign-in, before it is used. Throws when it is another than before. */
  checkOrganization: (organizationId: string) => Promise<void>;
}

/**
 * jsforce for the shapes of the API, with our own transport and session: jsforce would renew an expired
 * session without end, follow redirects with the token, repeat reads unseen, and wait for half an hour.
 */
export function openSalesforceClient(options: SalesforceClientOptions): SalesforceClient {
  let session: Promise<Session> | undefined;

  function currentSession(): Promise<Session> {
    session ??= openSession().catch((error: unknown) => {
      session = undefined;
      throw error as Error;
    });
    return session;
  }

  async function openSession(): Promise<Session> {
    const opened = await signIn(options.credentials, options);
    await options.checkOrganization(opened.organizationId);
    return opened;
  }

  return {
    async call(calls) {
      const used = currentSession();
      try {
        return await calls(connect(await used, options));
      } catch (error) {
        if (!isExpiredSession(error)) throw error;
        // Another call may have renewed it already.
        if (session === used) session = undefined;
        return calls(connect(await currentSession(), options));
      }
    },
  };
}

function connect({ accessToken, instanceOrigin }: Session, options: SalesforceClientOptions): Connection {
  const connection = new Connection({
    accessToken,
    instanceUrl: instanceOrigin,
    version: options.apiVersion,
  });
  connection._transport = new GuardedTransport(
    { origin: instanceOrigin, timeoutInMs: options.timeoutInMs },
    options,
  );
  return connection;
}

function isExpiredSession(error: unknown): boolean {
  return (error as { errorCode?: unknown }).errorCode === 'INVALID_SESSION_ID';
}
