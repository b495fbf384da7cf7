import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callbackUri, makePkce, openSignIn, refusal, type SignIn } from './open-sign-in.ts';

let org: SignIn;

beforeAll(async () => {
  org = await openSignIn();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('DELETE', `/apps/${org.simulator.clientId}`);
  org.simulator.org.sessions.revokeApp(org.simulator.clientId);
});
afterAll(() => org.close());

const app = (change: object) => org.control('PUT', '/apps', change);
const errorOf = (callback: URL | null) => Object.fromEntries(callback?.searchParams ?? []);
const pages = { login: '/login', consent: '/setup/secur/RemoteAccessAuthorizationPage.apexp' };

describe('the web-server flow', () => {
  test('leads over login and consent to the callback, with a code and the state', async () => {
    const end = await org.authorize('rep', { state: 'a b&c' });
    expect(end.pages).toEqual([pages.login, pages.consent]);
    expect(end.callback?.origin).toBe('http://localhost:9');
    expect(errorOf(end.callback)).toEqual({ code: expect.any(String), state: 'a b&c' });
  });

  test('gives the documented tokens for the code, with a refresh token if that scope was asked for', async () => {
    const { body, status } = await org.connect('rep', { scope: 'api refresh_token' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^00D\w{12}![.\w]+$/),
      refresh_token: expect.any(String),
      signature: expect.any(String),
      scope: 'api refresh_token',
      instance_url: org.simulator.url,
      id: `${org.simulator.url}/id/${org.simulator.organizationId}/${org.simulator.org.users.rep.id}`,
      token_type: 'Bearer',
      issued_at: expect.stringMatching(/^\d{13}$/),
    });
    expect((await org.probe(body.access_token)).status).toBe(200);
    expect((await org.connect('rep', { scope: 'api' })).body.refresh_token).toBeUndefined();
  });

  const denials: ['access_denied' | 'access-denied'][] = [['access_denied'], ['access-denied']];
  test.each(denials)('tells the callback when the user denies: %s', async (denialError) => {
    await org.control('PUT', '/settings', { denialError });
    const { callback } = await org.authorize('rep', { state: 's' }, { decision: 'deny' });
    expect(errorOf(callback)).toMatchObject({ error: denialError, state: 's' });
    expect(callback?.searchParams.has('code')).toBe(false);
  });

  test('can be asked for by a form as well', async () => {
    const form = { response_type: 'code', client_id: org.simulator.clientId, redirect_uri: callbackUri };
    const url = `${org.simulator.url}/services/oauth2/authorize`;
    const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    expect(reply.headers.get('location')).toMatch(/^\/login\?/);
  });

  test('asks a user who has approved before only when it has to', async () => {
    await org.connect('rep');
    const scope = 'api refresh_token';
    const walk = async (prompt: Record<string, string>, asked = scope) =>
      (await org.authorize('rep', { scope: asked, ...prompt })).pages;
    expect(await walk({})).toEqual([pages.login]);
    expect(await walk({ prompt: 'consent' })).toEqual([pages.login, pages.consent]);
    expect(await walk({}, 'api web refresh_token')).toEqual([pages.login, pages.consent]);
  });

  test('asks who it is once, and again with prompt=login or select_account', async () => {
    const jar = new Map<string, string>();
    const walk = async (prompt: Record<string, string>) =>
      (await org.authorize('rep', prompt, { jar })).pages;
    expect(await walk({})).toEqual([pages.login, pages.consent]);
    expect(await walk({})).toEqual([pages.consent]);
    expect(await walk({ prompt: 'login' })).toEqual([pages.login, pages.consent]);
    expect(await walk({ prompt: 'select_account' })).toEqual([pages.login, pages.consent]);
  });
});

describe('errors that never call back', () => {
  const expectPage = async (parameters: Record<string, string>, says: string, inAddress: string) => {
    const end = await org.authorize('rep', parameters);
    expect(end.callback).toBeNull();
    expect(end.pages.at(-2)).toBe('/setup/secur/RemoteAccessErrorPage.apexp');
    expect(end.pages.at(-1)).toContain(inAddress);
    expect(end.html).toContain(says);
  };

  test('an unknown client', () =>
    expectPage({ client_id: 'x' }, 'invalid_client_id', 'error=invalid_client_id'));

  test('a callback that is not registered', () =>
    expectPage({ redirect_uri: 'https://elsewhere.example/' }, 'redirect_uri_mismatch', 'redirect_uri'));

  test('a connected app that is not installed, except to those who may approve it or did before', async () => {
    await app({ kind: 'connected' });
    await org.connect('rep');
    await app({ installed: false });
    expect((await org.authorize('rep')).callback).not.toBeNull();
    org.simulator.org.sessions.revokeApp(org.simulator.clientId);
    await expectPage(
      {},
      'OAUTH_APPROVAL_ERROR_GENERIC',
      'error=invalid_client&error_description=app+must+be+installed+into+org',
    );
    expect((await org.authorize('admin')).callback).not.toBeNull();
  });

  test('an External Client App that is not installed in this org', async () => {
    await app({ installed: false });
    await expectPage({}, 'External client app is not installed in this org', 'error=app_not_found');
  });

  test('a user who may use the API only, or is inactive or frozen, gets no further than the login page', async () => {
    const integration = await org.authorize('integration');
    expect([integration.callback, integration.pages.at(-2)]).toEqual([null, pages.login]);
    expect(integration.html).toContain('API only');
    for (const change of [{ active: false }, { active: true, frozen: true }]) {
      await org.control('PUT', '/users/rep', change);
      expect((await org.authorize('rep')).callback).toBeNull();
    }
  });

  test('a missing code challenge, where it is set so', async () => {
    await app({ pkceRequired: true });
    await org.control('PUT', '/settings', { missingChallengeError: 'page' });
    await expectPage({}, 'missing required code challenge', 'error=invalid_request');
  });
});

describe('errors on the callback', () => {
  const refused: [what: string, parameters: Record<string, string>, error: string][] = [
    ['a missing code challenge', {}, 'invalid_request'],
    [
      'the plain challenge method',
      { code_challenge: 'x', code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['a scope that the app does not have', { code_challenge: 'x', scope: 'api full' }, 'invalid_scope'],
    ['another response type', { code_challenge: 'x', response_type: 'token' }, 'unsupported_response_type'],
  ];
  test.each(refused)('%s', async (_what, parameters, error) => {
    await app({ pkceRequired: true });
    const { callback } = await org.authorize('rep', { state: 's', ...parameters });
    expect(errorOf(callback)).toMatchObject({ error, state: 's' });
  });

  test('a user whom the admin has not approved; one whom the admin has is not asked', async () => {
    await app({ permittedUsers: 'adminApproved', approvedUsers: ['admin'] });
    expect(errorOf((await org.authorize('rep')).callback)).toMatchObject({
      error: 'OAUTH_APP_ACCESS_DENIED',
      error_description: 'user is not admin approved to access this app',
    });
    expect((await org.authorize('admin')).pages).toEqual([pages.login]);
  });
});

describe('a code', () => {
  const getCode = async (parameters: Record<string, string> = {}) =>
    (await org.authorize('rep', { scope: 'api refresh_token', ...parameters })).callback?.searchParams.get(
      'code',
    ) ?? '';
  const exchange = (code: string, form: Record<string, string> = {}) =>
    org.token({ grant_type: 'authorization_code', code, redirect_uri: callbackUri, ...form });

  test('is good once: a second exchange also ends what the first one gave', async () => {
    const code = await getCode();
    const first = await exchange(code);
    expect(await exchange(code)).toMatchObject(refusal('invalid_grant', 'expired authorization code'));
    expect((await org.probe(first.body.access_token)).status).toBe(401);
    expect((await org.refresh(first.body.refresh_token)).status).toBe(400);
  });

  test('ends nothing when another client uses it again', async () => {
    const code = await getCode();
    const first = await exchange(code);
    const stolen = await exchange(code, { client_id: 'PlatformCLI', client_secret: '' });
    expect(stolen).toMatchObject(refusal('invalid_grant', 'invalid authorization code'));
    expect((await org.probe(first.body.access_token)).status).toBe(200);
  });

  test('can be set not to end anything when it is used again', async () => {
    await org.control('PUT', '/settings', { codeReuseRevokes: false });
    const code = await getCode();
    const first = await exchange(code);
    expect((await exchange(code)).status).toBe(400);
    expect((await org.probe(first.body.access_token)).status).toBe(200);
  });

  test('ends after 15 minutes', async () => {
    const code = await getCode();
    await org.advance(14.9);
    expect((await exchange(code)).status).toBe(200);
    const late = await getCode();
    await org.advance(15);
    expect(await exchange(late)).toMatchObject(refusal('invalid_grant', 'expired authorization code'));
  });

  test.each([43, 128, 171, 400])('takes a verifier of %i characters, and no other one', async (length) => {
    const { verifier, challenge } = makePkce(length);
    const code = await getCode({ code_challenge: challenge });
    const wrong = refusal('invalid_grant', 'invalid code verifier');
    expect(await exchange(code)).toMatchObject(wrong);
    expect(await exchange(code, { code_verifier: makePkce().verifier })).toMatchObject(wrong);
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  const wrong: [what: string, form: Record<string, string>, error: string, description: string][] = [
    [
      'another callback',
      { redirect_uri: 'http://localhost:9/other' },
      'redirect_uri_mismatch',
      'redirect_uri must match configuration',
    ],
    ['no secret', { client_secret: '' }, 'invalid_client', 'invalid client credentials'],
    ['an unknown code', { code: 'aPrx' }, 'invalid_grant', 'invalid authorization code'],
    [
      'another app',
      { client_id: 'PlatformCLI', client_secret: '' },
      'invalid_grant',
      'invalid authorization code',
    ],
  ];
  test.each(wrong)('is refused with %s', async (_what, form, error, description) => {
    expect(await exchange(await getCode(), form)).toMatchObject(refusal(error, description));
  });

  test('of a public client with PKCE goes without a secret, and not with one', async () => {
    await app({ clientId: 'public', redirectUris: [callbackUri], pkceRequired: true });
    const { verifier, challenge } = makePkce();
    const code = await getCode({ client_id: 'public', code_challenge: challenge });
    const form = { client_id: 'public', code_verifier: verifier };
    expect(await exchange(code, form)).toMatchObject(refusal('invalid_client', 'invalid client credentials'));
    expect((await exchange(code, { ...form, client_secret: '' })).status).toBe(200);
    await org.control('DELETE', '/apps/public');
  });
});
