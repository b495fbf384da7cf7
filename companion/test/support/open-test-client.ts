import {
  openSalesforceClient,
  type SalesforceClient,
  type Session,
} from '../../src/salesforce/open-client.ts';
import { requestToken } from '../../src/salesforce/request-token.ts';

export interface TestClientOptions {
  credentials: { origin: string; clientId: string; clientSecret: string };
  timeoutInMs?: number;
  onCall?: () => void;
}

/** A client by client credentials that keeps its session to itself. */
export function openTestClient({
  credentials,
  timeoutInMs = 5000,
  onCall = () => undefined,
}: TestClientOptions): SalesforceClient {
  const { origin, clientId, clientSecret } = credentials;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  let session: Promise<Session> | undefined;
  let generation = 0;
  async function signIn(): Promise<Session> {
    const tokens = await requestToken(origin, form, { timeoutInMs, simulatorOrigin: origin });
    return { ...tokens, generation: ++generation };
  }
  function current(): Promise<Session> {
    session ??= signIn().catch((error: unknown) => {
      session = undefined;
      throw error as Error;
    });
    return session;
  }
  return openSalesforceClient({
    sessions: {
      current,
      async renew(refused) {
        if ((await session)?.generation === refused.generation) session = undefined;
        return current();
      },
    },
    apiVersion: '66.0',
    timeoutInMs,
    onCall,
  });
}
