import { createHash, randomBytes } from 'node:crypto';
import type { UserName } from '../../../simulators/salesforce/org/sample-users.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { walkAuthorization, type WalkEnd, type WalkOptions } from './walk-authorization.ts';

export const callbackUri = 'http://localhost:9/callback';

/** The answer of an OAuth endpoint. */
export interface TokenReply {
  status: number;
  text: string;
  body: Record<string, unknown>;
}

/** A simulator with short ways through its sign-in. */
export interface SignIn extends TestOrg {
  client: () => Record<string, string>;
  post: (path: string, form: Record<string, string>, headers?: Record<string, string>) => Promise<TokenReply>;
  token: (form: Record<string, string>) => Promise<TokenReply>;
  /** The walk of a user through the pages, with any further parameters of the request. */
  authorize: (
    user: UserName,
    parameters?: Record<string, string>,
    walk?: Partial<WalkOptions>,
  ) => Promise<WalkEnd>;
  /** Tokens by the web-server flow with PKCE. */
  connect: (user: UserName, parameters?: Record<string, string>) => Promise<TokenReply>;
  refresh: (token: unknown, client?: Record<string, string>) => Promise<TokenReply>;
  /** What the data API answers to a token. */
  probe: (token: unknown, url?: string) => Promise<{ status: number; body: unknown }>;
}

export async function openSignIn(options: Parameters<typeof openSimulator>[0] = {}): Promise<SignIn> {
  const org = await openSimulator(options);
  const { simulator } = org;
  const client = (): Record<string, string> => ({
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
  });
  const post: SignIn['post'] = async (path, form, headers = {}) => {
    const url = `${simulator.org.url}/services/oauth2/${path}`;
    const reply = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) });
    const text = await reply.text();
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: reply.status, text, body };
  };
  const token: SignIn['token'] = (form) => post('token', { ...client(), ...form });
  const authorize: SignIn['authorize'] = (user, parameters = {}, walk = {}) => {
    const { username } = simulator.org.users[user];
    const query = {
      response_type: 'code',
      client_id: simulator.clientId,
      redirect_uri: callbackUri,
      ...parameters,
    };
    const url = `${simulator.org.url}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`;
    return walkAuthorization(url, { username, ...walk });
  };
  const connect: SignIn['connect'] = async (user, parameters = {}) => {
    const pkce = makePkce();
    const end = await authorize(user, {
      scope: 'api refresh_token',
      code_challenge: pkce.challenge,
      ...parameters,
    });
    const code = end.callback?.searchParams.get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callbackUri,
      code_verifier: pkce.verifier,
    };
    const named = parameters.client_id === undefined ? {} : { client_id: parameters.client_id };
    return token({ ...form, ...named });
  };
  return {
    ...org,
    client,
    post,
    token,
    authorize,
    connect,
    refresh: (refreshToken, other = client()) =>
      post('token', { ...other, grant_type: 'refresh_token', refresh_token: String(refreshToken) }),
    probe: async (accessToken, url = simulator.org.url) => {
      const headers = { authorization: `Bearer ${String(accessToken)}` };
      const reply = await fetch(`${url}/services/data/v66.0/limits`, { headers });
      return { status: reply.status, body: await reply.json() };
    },
  };
}

/** A verifier of as many characters as asked, with its challenge. */
export function makePkce(length = 171): { verifier: string; challenge: string } {
  const verifier = randomBytes(length).toString('base64url').slice(0, length);
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** An OAuth error as the token endpoint tells it. */
export const refusal = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: description },
});
