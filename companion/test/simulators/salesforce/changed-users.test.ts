import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSignIn, refusal, type SignIn } from './open-sign-in.ts';

let org: SignIn;

beforeAll(async () => {
  org = await openSignIn();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const change = (body: Record<string, unknown>) =>
  org.call(`/sobjects/User/${org.simulator.org.users.rep.id}`, { method: 'PATCH', user: 'admin', body });

describe('an admin who changes a user through the API', () => {
  test('ends the sessions of one who is deactivated; they do not come back, and refresh tokens do', async () => {
    const { accessToken, refreshToken } = org.simulator.org.openSession('rep');
    expect((await change({ IsActive: false })).status).toBe(204);
    expect(await org.refresh(refreshToken)).toMatchObject(refusal('invalid_grant', 'inactive user'));
    expect((await change({ IsActive: true })).status).toBe(204);
    expect((await org.probe(accessToken)).status).toBe(401);
    expect((await org.refresh(refreshToken)).status).toBe(200);
  });

  test('ends no session by a change that is refused', async () => {
    const { accessToken } = org.simulator.org.openSession('rep');
    const body = {
      allOrNone: true,
      compositeRequest: [deactivate(), { ...deactivate(), referenceId: 'other', url: nowhere }],
    };
    const composite = await org.call('/composite', { method: 'POST', user: 'admin', body });
    expect(JSON.stringify(composite.body)).toContain('PROCESSING_HALTED');
    expect((await org.probe(accessToken)).status).toBe(200);
  });

  test('gives another profile with all that it allows, and takes the former one', async () => {
    const describes = async () => (await org.call('/sobjects/Opportunity/describe', { user: 'rep' })).status;
    expect(await describes()).toBe(200);
    const [profile] = await org.rows("SELECT Id FROM Profile WHERE Name LIKE 'Minimum Access%'");
    expect((await change({ ProfileId: profile?.Id })).status).toBe(204);
    expect(await describes()).toBe(404);
    const ofProfile = 'PermissionSet.IsOwnedByProfile = true';
    const assignee = `AssigneeId = '${org.simulator.org.users.rep.id}'`;
    const sets = `SELECT PermissionSet.ProfileId FROM PermissionSetAssignment WHERE ${ofProfile} AND ${assignee}`;
    expect(await org.rows(sets)).toMatchObject([{ PermissionSet: { ProfileId: profile?.Id } }]);
    const users = (await org.control('GET', '/users')).body;
    expect(users).toContainEqual(expect.objectContaining({ name: 'rep', apiOnly: true }));
  });

  test('changes who they are wherever that is told, and how they sign in', async () => {
    const username = 'ruben@larkfield-systems.example';
    await change({ Username: username, LastName: 'Castell & Anos', Email: 'r@larkfield-systems.example' });
    const { accessToken, username: opened } = org.simulator.org.openSession('rep');
    expect(opened).toBe(username);
    const headers = { authorization: `Bearer ${accessToken}` };
    const me = await fetch(`${org.simulator.url}/services/oauth2/userinfo`, { headers });
    expect(await me.json()).toMatchObject({
      preferred_username: username,
      family_name: 'Castell & Anos',
      name: 'Ruben Castell & Anos',
      email: 'r@larkfield-systems.example',
    });
    const introspected = await org.post('introspect', { ...org.client(), token: accessToken });
    expect(introspected.body).toMatchObject({ username });
    const login = await (await fetch(`${org.simulator.url}/login`)).text();
    expect(login).toContain('Ruben Castell &#38; Anos');
    const form = new URLSearchParams({ username, startURL: '/' });
    const logIn = async () =>
      (await fetch(`${org.simulator.url}/login`, { method: 'POST', body: form, redirect: 'manual' })).status;
    expect(await logIn()).toBe(302);
    form.set('username', org.simulator.org.users.rep.username);
    expect(await logIn()).toBe(200);
  });
});

const nowhere = '/services/data/v66.0/sobjects/User/005000000000000AAA';
const deactivate = () => ({
  method: 'PATCH',
  url: `/services/data/v66.0/sobjects/User/${org.simulator.org.users.rep.id}`,
  referenceId: 'change',
  body: { IsActive: false },
});
