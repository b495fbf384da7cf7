import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { checkAlerts } from '../../src/alerts/check-alerts.ts';
import { saveFailures } from '../../src/store/failures.ts';
import { openAdminApi, type AdminApi } from './open-admin-api.ts';
import { receiveAlerts, type AlertReceiver } from './receive-alerts.ts';

let api: AdminApi;
let receiver: AlertReceiver;
beforeAll(async () => {
  receiver = await receiveAlerts();
  api = await openAdminApi({
    alertWebhookAllowPrivate: true,
    mail: { smtpUrl: receiver.smtpUrl, from: 'companion@example.com' },
  });
});
afterAll(async () => {
  await api.close();
  await receiver.close();
});
beforeEach(async () => {
  const { db } = api.services.database;
  await sql`delete from alert_setting`.execute(db);
  await sql`delete from alert`.execute(db);
  await sql`delete from alert_delivery`.execute(db);
  await sql`delete from customer_failure`.execute(db);
  await setState('acme', 'connected');
  receiver.answer = 200;
  receiver.hooks.length = 0;
  receiver.mails.length = 0;
});

async function setState(connectionId: string, state: string, code?: string): Promise<void> {
  const reason = {
    code,
    message: 'Canary Ltd owes 98765',
    explanation: 'It was revoked.',
    action: 'Reconnect.',
  };
  await sql`
    update connection set state = ${state}, state_since = now(), organization_id = '00D000000000001AAA',
      state_reason = ${code === undefined ? null : JSON.stringify(reason)}::json
    where connection_id = ${connectionId}`.execute(api.services.database.db);
}

interface Settings {
  webhook: { url: string; on: boolean; secretHint: string; secret?: string } | null;
  mail: object | null;
}
const settings = {
  webhook: { url: '', on: true },
  mail: { to: ['ops@example.com', 'finance@example.com'], on: true },
  failureThreshold: 3,
  failureWindowMinutes: 60,
};
const change = (more: object = {}, connection: 'acme' | 'other' = 'acme') =>
  api.call<Settings>('PUT', 'alerts', {
    connection,
    body: { ...settings, webhook: { url: receiver.hookUrl, on: true }, ...more },
  });
const look = (at?: Date) => checkAlerts(api.services, at);
const types = () => receiver.hooks.map(({ type }) => type);
const inADay = () => new Date(Date.now() + 25 * 3_600_000);

test('trouble is told once on each way, reminded of once a day, and resolved once', async () => {
  const { body } = await change();
  await look();
  await setState('acme', 'reconnect needed', 'invalid_grant');
  await look();
  await look();
  expect(types()).toEqual(['alert.opened']);
  await look(inADay());
  await look(inADay());
  await setState('acme', 'connected');
  await look();
  await look();
  expect(types()).toEqual(['alert.opened', 'alert.reminder', 'alert.resolved']);
  expect(receiver.mails).toHaveLength(3);

  const [opened] = receiver.hooks;
  expect(
    new Webhook(body.webhook?.secret ?? '').verify(opened?.text ?? '', opened?.headers ?? {}),
  ).toBeTruthy();
  expect(opened?.data).toMatchObject({
    connectionId: 'acme',
    kind: 'state',
    code: 'invalid_grant',
    explanation: 'It was revoked.',
    action: 'Reconnect.',
    link: 'https://companion.example/console/#/connections/acme',
  });
});

test('a mail says what happened and where to go, as text and as HTML, and nothing that is private', async () => {
  await change({ webhook: null });
  await setState('acme', 'reconnect needed', 'bad\r\nBcc: evil@example.com');
  await look();
  const [mail = ''] = receiver.mails;
  const [head = ''] = mail.split('\r\n\r\n');
  expect(head).toContain('From: companion@example.com');
  expect(head).toContain('To: ops@example.com, finance@example.com');
  expect(head).toMatch(/^Subject: \[Upflow\] acme: the connection is not connected/m);
  expect(head).not.toMatch(/^bcc:/im);
  expect(mail).toContain('text/plain');
  expect(mail).toContain('text/html');
  expect(mail.replaceAll('=\r\n', '')).toContain('https://companion.example/console/#/connections/acme');
  for (const canary of ['Canary', '98765', 'Brook']) expect(mail).not.toContain(canary);
});

test('failures over the threshold are told with their number, and resolved when few are left', async () => {
  await change({ mail: null });
  const { db } = api.services.database;
  const fail = async (numbers: number[]) => {
    for (const number of numbers) {
      await sql`
        insert into customer (connection_id, customer_id, updated_at, push_sent_at, push_id, state)
        values ('acme', ${`c${number}`}, now(), now(), 'p1', '{}') on conflict do nothing`.execute(db);
    }
    const reason = { code: 'TOO_LONG', message: 'Canary', explanation: 'Too long.', action: 'Shorten.' };
    const failures = numbers.map((number) => ({
      customerId: `c${number}`,
      pushId: 'p1',
      outcome: 'needs attention' as const,
      accountId: null,
      reason,
    }));
    await saveFailures(db, 'acme', failures);
  };
  await fail([1, 2]);
  await look();
  expect(receiver.hooks).toEqual([]);
  await fail([1, 2, 3]);
  await look();
  await fail([4]);
  await look();
  expect(receiver.hooks.map(({ data }) => [data.code, data.count, data.link])).toEqual([
    ['TOO_LONG', 3, 'https://companion.example/console/#/connections/acme/activity'],
  ]);
  await sql`delete from customer_failure where customer_id > 'c2'`.execute(db);
  await look();
  expect(types()).toEqual(['alert.opened', 'alert.resolved']);
  expect(receiver.hooks.map(({ text }) => text).join('')).not.toContain('Canary');
});

test('a message that does not arrive is sent again later under the same id, and the history tells it', async () => {
  await change({ mail: null });
  const { db } = api.services.database;
  receiver.answer = 503;
  await setState('acme', 'paused');
  await look();
  await look();
  expect(receiver.hooks).toHaveLength(1);
  const history = async () => (await api.call<{ rows: object[] }>('GET', 'alerts/history')).body.rows;
  expect(await history()).toMatchObject([
    { event: 'opened', result: null, attempts: 1, problem: 'The receiver answered 503.' },
  ]);
  receiver.answer = 204;
  await sql`update alert_delivery set next_attempt_at = now()`.execute(db);
  await look();
  expect(receiver.hooks.map(({ headers }) => headers['webhook-id'])).toEqual([
    receiver.hooks[0]?.headers['webhook-id'],
    receiver.hooks[0]?.headers['webhook-id'],
  ]);
  expect(await history()).toMatchObject([
    { event: 'opened', code: 'paused', channel: 'webhook', result: 'delivered', attempts: 2, problem: null },
  ]);
});

test('a receiver that stays away is given up in the end', async () => {
  await change({ mail: null });
  receiver.answer = 500;
  await setState('acme', 'paused');
  for (let attempt = 1; attempt <= 12; attempt++) {
    await sql`update alert_delivery set next_attempt_at = now()`.execute(api.services.database.db);
    await look();
  }
  expect(receiver.hooks).toHaveLength(9);
  const { body } = await api.call<{ rows: object[] }>('GET', 'alerts/history');
  expect(body.rows).toMatchObject([{ result: 'failed', attempts: 9 }]);
});

test('the secret of a webhook is shown once, and is nowhere in clear', async () => {
  const first = await change();
  const secret = first.body.webhook?.secret ?? '';
  expect(secret).toMatch(/^whsec_/);
  const again = await change();
  expect(again.body.webhook?.secret).toBeUndefined();
  const read = await api.call<Settings>('GET', 'alerts');
  expect(read.body.webhook?.secretHint).toBe(`…${secret.slice(-5)}`);
  expect(JSON.stringify(read.body)).not.toContain(secret);
  const { rows } = await sql`select row_to_json(s)::text as row from alert_setting s
    union all select row_to_json(a)::text from audit a`.execute(api.services.database.db);
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6, 30));
  const rotated = await change({ webhook: { url: receiver.hookUrl, on: true, newSecret: true } });
  expect(rotated.body.webhook?.secret).toMatch(/^whsec_/);
  expect(api.logLines.join('')).not.toContain(secret.slice(6, 30));
});

test('the test button tells on each way how it went', async () => {
  await change();
  receiver.answer = 404;
  const { body } = await api.call('POST', 'alerts/test');
  expect(body).toEqual({
    rows: expect.arrayContaining([
      { channel: 'webhook', result: 'failed', problem: 'The receiver answered 404.' },
      { channel: 'mail', result: 'delivered', problem: null },
    ]),
  });
  expect(receiver.hooks[0]).toMatchObject({
    type: 'alert.test',
    data: { link: expect.stringContaining('/alerts') },
  });
});

test('settings that cannot work are refused with the reason', async () => {
  const bad = await change({ mail: { to: ['a@b.example\r\nBcc: c@d.example'], on: true } });
  expect(bad.status).toBe(422);
  expect((await change({ webhook: { url: 'ftp://x', on: true } })).body).toMatchObject({
    errors: [{ field: 'webhook.url', problem: 'The address must begin with https://.' }],
  });
});

test('one connection neither sees nor sets off the alerts of another', async () => {
  await change();
  await setState('other', 'reconnect needed', 'invalid_grant');
  await look();
  expect(receiver.hooks).toEqual([]);
  expect((await api.call<Settings>('GET', 'alerts', { connection: 'other' })).body.webhook).toBeNull();
  expect((await api.call('GET', 'alerts', { connection: 'acme', as: 'other' })).status).toBe(404);
});
