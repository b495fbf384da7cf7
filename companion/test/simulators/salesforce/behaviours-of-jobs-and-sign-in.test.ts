import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ingest, readResults } from './bulk-jobs.ts';
import { openSignIn, refusal, type SignIn } from './open-sign-in.ts';

/** The other surprises of Salesforce: in duplicate rules, composite requests, bulk jobs and sign-in. */

let org: SignIn;

beforeEach(async () => {
  org = await openSignIn();
});
afterEach(() => org.close());

const DAY_IN_MS = 24 * 60 * 60 * 1000;
const dead = refusal('invalid_grant', 'expired access/refresh token');
const app = (change: object) => org.control('PUT', '/apps', change);
const advance = (days: number) => org.control('PUT', '/clock', { advanceMs: days * DAY_IN_MS });

test('what a duplicate rule found stands under a misspelt key, with the words that the admin chose', async () => {
  const duplicateRules = [
    { name: 'Same_Site', matchOn: ['Website'], action: 'Alert', message: 'Known already.' },
  ];
  await org.control('PUT', '/settings', { duplicateRules });
  await org.seed([{ Name: 'First', Website: 'https://twin.example' }]);
  const body = { Name: 'Second', Website: 'https://twin.example' };
  const reply = await org.call('/sobjects/Account', { method: 'POST', user: 'admin', body });
  expect([reply.status, reply.body]).toMatchObject([
    400,
    [{ errorCode: 'DUPLICATES_DETECTED', message: 'Known already.', duplicateResut: { allowSave: true } }],
  ]);
});

test('a composite request that allOrNone rolls back answers 200, with a 400 for the culprit and for the others', async () => {
  const create = (referenceId: string, record: object) => ({
    method: 'POST',
    url: '/services/data/v66.0/sobjects/Account',
    referenceId,
    body: record,
  });
  const compositeRequest = [create('good', { Name: 'Good' }), create('bad', { Phone: '1' })];
  const body = { allOrNone: true, compositeRequest };
  const reply = await org.call('/composite', { method: 'POST', user: 'admin', body });
  expect([reply.status, reply.body]).toMatchObject([
    200,
    {
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    },
  ]);
  expect(await org.rows("SELECT Id FROM Account WHERE Name = 'Good'")).toEqual([]);
});

test('a bulk job is made with 200, filled with 201, complete with failures, and forgotten after seven days', async () => {
  const job = { object: 'Account', operation: 'insert', lineEnding: 'LF' };
  const made = await org.call('/jobs/ingest', { method: 'POST', user: 'admin', body: job });
  expect(made.status).toBe(200);
  const { id } = made.body as { id: string };
  const filled = await org.call(`/jobs/ingest/${id}/batches`, {
    method: 'PUT',
    user: 'admin',
    body: 'Name\nGood\n',
    headers: { 'content-type': 'text/csv' },
  });
  expect([filled.status, filled.body]).toEqual([201, '']);
  const done = await ingest(org, { operation: 'insert' }, 'Name,Phone\nGood,1\n,2\n');
  expect(done).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 1 });
  expect(await readResults(org, done.id, 'unprocessedrecords')).toBe('Name,Phone\n');
  await advance(7.1);
  const { accessToken } = org.simulator.org.openSession('admin');
  const later = await fetch(`${org.simulator.url}/services/data/v66.0/jobs/ingest/${done.id}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(later.status).toBe(404);
});

test('in bulk a blank cell leaves its field alone, and #N/A clears it', async () => {
  const [id = ''] = await org.seed([{ Name: 'A', Phone: '1', Fax: '2' }]);
  await ingest(org, { operation: 'update' }, `Id,Phone,Fax\n${id},#N/A,\n`);
  expect(await org.rows(`SELECT Phone, Fax FROM Account WHERE Id = '${id}'`)).toMatchObject([
    { Phone: null, Fax: '2' },
  ]);
});

test('who may not authorize stays on a page of Salesforce, and the app is never called back', async () => {
  await app({ installed: false });
  const uninstalled = await org.authorize('rep', { state: 's' });
  expect(uninstalled.callback).toBeNull();
  expect(uninstalled.pages.at(-1)).toMatch(/error=app_not_found/);
  await app({ installed: true });
  const elsewhere = await org.authorize('rep', {
    state: 's',
    redirect_uri: 'https://attacker.example/callback',
  });
  expect(elsewhere.callback).toBeNull();
});

test('a rotated refresh token that is used again ends the present one, and all sessions', async () => {
  await app({ refreshTokenRotation: true });
  const first = (await org.connect('rep')).body;
  const second = (await org.refresh(first.refresh_token)).body;
  expect((await org.probe(second.access_token)).status).toBe(200);
  expect(await org.refresh(first.refresh_token)).toMatchObject(dead);
  expect(await org.refresh(second.refresh_token)).toMatchObject(dead);
  expect((await org.probe(second.access_token)).status).toBe(401);
});

test('the sixth approval of a user and app ends the oldest', async () => {
  const tokens = [];
  for (let approval = 0; approval < 6; approval += 1)
    tokens.push((await org.connect('rep')).body.refresh_token);
  expect(await org.refresh(tokens[0])).toMatchObject(dead);
  expect((await org.refresh(tokens[1])).status).toBe(200);
});

test('a refresh token that is not used for thirty days ends', async () => {
  await app({ refreshTokenPolicy: 'idle' });
  const { refresh_token: token } = (await org.connect('rep')).body;
  await advance(29);
  expect((await org.refresh(token)).status).toBe(200);
  await advance(30.1);
  expect(await org.refresh(token)).toMatchObject(dead);
});

test('messages are in the language of the org, with the labels of its admin', async () => {
  await org.control('PUT', '/settings', { language: 'fr', labels: { 'Account.Name': 'Nom du compte' } });
  const body = { Name: 'x'.repeat(256) };
  const reply = await org.call('/sobjects/Account', { method: 'POST', user: 'admin', body });
  const [error] = reply.body as { errorCode: string; message: string }[];
  expect(error?.errorCode).toBe('STRING_TOO_LONG');
  expect(error?.message).toMatch(/^Nom du compte : (?!data value)/);
});
