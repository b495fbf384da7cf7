import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openConnecting, type Connecting, type Problem, type View } from './open-connecting.ts';

let connecting: Connecting;
beforeAll(async () => {
  connecting = await openConnecting();
});
beforeEach(() => connecting.org.control('POST', '/reset'));
// Whoever approved stays asked no more, and five approvals are all that a user has.
afterEach(() => connecting.disconnectAll());
afterAll(() => connecting.stop());

interface Shown {
  state: string;
  reason: { code: string; action: string } | null;
  hints: { title: string; action: string }[];
}

const showAuthorization = async (connectionId: string, id: string) =>
  (await connecting.api<Shown>('GET', `/${connectionId}/salesforce/authorizations/${id}`)).body;
const follow = (callback: URL | null, browser = connecting.browser) =>
  browser.call('GET', `${callback?.pathname ?? ''}${callback?.search ?? ''}`);

test('a user who approves the app connects the org, and the browser comes back to the console', async () => {
  const id = await connecting.make('Approved');
  const begun = await connecting.begin(id);
  expect(await showAuthorization(id, begun.id)).toMatchObject({ state: 'waiting', reason: null });
  const { callback } = await connecting.walk(begun.url, 'admin');
  const answer = await follow(callback);
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/console/#/connections/${id}/salesforce?authorization=${begun.id}`,
  ]);
  const { organizationId, org } = connecting.org.simulator;
  expect(await connecting.view(id)).toMatchObject({
    state: 'connected',
    stateReason: null,
    organizationId,
    salesforce: {
      flow: 'web-server',
      instanceOrigin: org.url,
      userId: org.users.admin.id,
      username: org.users.admin.username,
    },
    steps: { salesforce: 'done' },
  });
  expect(await showAuthorization(id, begun.id)).toMatchObject({ state: 'done', hints: [] });
  // What the user may do was looked at without anybody asking.
  const { rows } = await sql`
    select permissions_ok is not null as reviewed from connection where connection_id = ${id}`.execute(
    connecting.console.services.database.db,
  );
  expect(rows).toEqual([{ reviewed: true }]);
});

test('the request carries a challenge of 256 bits by SHA-256, the least scopes, and no secret', async () => {
  const id = await connecting.make('Request');
  const url = new URL((await connecting.begin(id)).url);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: connecting.org.simulator.clientId,
    redirect_uri: `${connecting.console.url}/v1/salesforce/callback`,
    scope: 'api refresh_token',
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  const state = url.searchParams.get('state') ?? '';
  const { rows } = await sql<{ row: string }>`
    select row_to_json(a)::text as row from salesforce_authorization a
    where state_digest = ${createHash('sha256').update(state).digest()}`.execute(
    connecting.console.services.database.db,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(state);
});

test('an app that wants PKCE is served', async () => {
  await connecting.org.control('PUT', '/apps', { pkceRequired: true });
  const id = await connecting.make('PKCE');
  expect(await connecting.connect(id)).toMatchObject({ state: 'connected' });
  await connecting.org.control('PUT', '/apps', { pkceRequired: false });
});

describe('a callback is refused and changes nothing', () => {
  test('in another browser than the one that began', async () => {
    const id = await connecting.make('Other browser');
    const { callback } = await connecting.walk((await connecting.begin(id)).url);
    const other = connecting.console.openBrowser();
    expect((await follow(callback, other)).status).toBe(403);
    await other.signIn();
    expect((await follow(callback, other)).status).toBe(403);
    expect(await connecting.view(id)).toMatchObject({ state: 'disconnected', organizationId: null });
    // The one that began is not harmed by it.
    await follow(callback);
    expect(await connecting.view(id)).toMatchObject({ state: 'connected' });
  });

  test('with a state that nobody was sent away with', async () => {
    const id = await connecting.make('Other state');
    const { callback } = await connecting.walk((await connecting.begin(id)).url);
    callback?.searchParams.set('state', 'x'.repeat(43));
    expect((await follow(callback)).status).toBe(400);
    expect(await connecting.view(id)).toMatchObject({ state: 'disconnected' });
  });

  test('the second time', async () => {
    const id = await connecting.make('Twice');
    const begun = await connecting.begin(id);
    const { callback } = await connecting.walk(begun.url);
    await follow(callback);
    await follow(callback);
    // A second exchange of the code would have ended the first one's tokens.
    expect((await connecting.api('POST', `/${id}/salesforce/connect`)).status).toBe(200);
    expect(await showAuthorization(id, begun.id)).toMatchObject({ state: 'done' });
  });

  test('after ten minutes', async () => {
    const id = await connecting.make('Late');
    const begun = await connecting.begin(id);
    const { callback } = await connecting.walk(begun.url);
    await sql`
      update salesforce_authorization set started_at = started_at - interval '10 minutes',
        expires_at = expires_at - interval '10 minutes' where authorization_id = ${begun.id}`.execute(
      connecting.console.services.database.db,
    );
    await follow(callback);
    expect(await showAuthorization(id, begun.id)).toMatchObject({ state: 'expired' });
    expect(await connecting.view(id)).toMatchObject({ state: 'disconnected' });
  });

  test('when another host was asked meanwhile', async () => {
    const id = await connecting.make('Mix-up');
    const begun = await connecting.begin(id);
    const { callback } = await connecting.walk(begun.url);
    await connecting.api('PUT', `/${id}/salesforce`, { flow: 'web-server', domain: 'elsewhere' });
    await follow(callback);
    expect(await showAuthorization(id, begun.id)).toMatchObject({ state: 'failed' });
  });
});

test.each(['access_denied', 'access-denied'])('Deny, told as %s, is understood', async (denialError) => {
  await connecting.org.control('PUT', '/settings', { denialError });
  const id = await connecting.make('Denied');
  const begun = await connecting.begin(id);
  await follow((await connecting.walk(begun.url, 'admin', 'deny')).callback);
  expect(await showAuthorization(id, begun.id)).toMatchObject({
    state: 'failed',
    reason: { code: 'declined' },
  });
  expect(await connecting.view(id)).toMatchObject({ state: 'disconnected' });
});

test('where Salesforce keeps the user on a page, the page that waits says why that may be', async () => {
  await connecting.org.control('PUT', '/apps', { installed: false });
  const id = await connecting.make('Abandoned');
  const begun = await connecting.begin(id);
  expect((await connecting.walk(begun.url)).callback).toBeNull();
  const { state, hints } = await showAuthorization(id, begun.id);
  expect(state).toBe('waiting');
  expect(hints.map(({ title }) => title).join('\n')).toMatch(
    /app must be installed[^]*app_not_found[^]*admin approved/,
  );
  await connecting.org.control('PUT', '/apps', { installed: true });
});

test('another org than the one that the connection belongs to is refused, and its approval given back', async () => {
  const id = await connecting.make('Pinned');
  await connecting.connect(id);
  await connecting.disconnectAll();
  await sql`update connection set organization_id = '00D000000000001EAA' where connection_id = ${id}`.execute(
    connecting.console.services.database.db,
  );
  const begun = await connecting.begin(id);
  await follow((await connecting.walk(begun.url)).callback);
  expect(await showAuthorization(id, begun.id)).toMatchObject({
    state: 'failed',
    reason: { code: 'wrong-organization' },
  });
  expect(await connecting.view(id)).toMatchObject({ state: 'disconnected' });
  await connecting.api('POST', `/${id}/salesforce/switch-organization`);
  expect(await connecting.connect(id)).toMatchObject({
    state: 'connected',
    organizationId: connecting.org.simulator.organizationId,
  });
});

test('a companion without an app of its own asks for one', async () => {
  const console = await connecting.console.startAnother({ salesforceApp: undefined });
  try {
    const browser = console.openBrowser();
    await browser.signIn();
    const made = (await (
      await browser.call('POST', '/v1/connections', { body: { name: 'No app' } })
    ).json()) as View;
    const body = { flow: 'web-server', domain: 'acme' };
    const answer = await browser.call('PUT', `/v1/connections/${made.id}/salesforce`, { body });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as Problem).errors).toMatchObject([{ field: 'clientId' }]);
  } finally {
    await console.stop();
  }
});
