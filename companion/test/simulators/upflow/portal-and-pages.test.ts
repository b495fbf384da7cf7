import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

const EDGE = '/customers/external:285';
async function open(path: string): Promise<{ status: number; page: string }> {
  const answer = await fetch(upflow.url + path);
  return { status: answer.status, page: await answer.text() };
}
/** What the simulator shows at the path of a portal link. */
const follow = (url: string) => open(url.slice(new URL(url).origin.length));
const mint = async (body: object = {}) =>
  (await upflow.write('POST', `${EDGE}/portal`, body)).body as { url: string; expiresAt: string };

test('a portal link lets in until it expires, and then it is invalid', async () => {
  await upflow.control('PUT', '/settings', { today: '2026-06-15T12:00:00Z' });
  const link = await mint({ expiresIn: 3600 });
  expect(link.expiresAt).toBe('2026-06-15T13:00:00.000Z');
  expect((await mint()).expiresAt).toBe('2026-06-16T12:00:00.000Z');
  expect(link.url.length).toBeGreaterThan(255);
  expect(await follow(link.url)).toMatchObject({
    status: 200,
    page: expect.stringContaining('Portal of Edge Communications'),
  });
  await upflow.control('PUT', '/settings', { today: '2026-06-15T13:00:00Z' });
  expect(await follow(link.url)).toMatchObject({
    status: 403,
    page: expect.stringContaining('Invalid link'),
  });
});

test('a link of another customer, or a made-up one, lets nobody in', async () => {
  const { url } = await mint();
  const { id } = (await upflow.call('/customers/external:286')).body;
  const token = new URL(url).searchParams.get('token') ?? '';
  for (const path of [`/portal/${String(id)}?token=${token}`, `/portal/x?token=1`, '/portal/x'])
    expect((await open(path)).status).toBe(403);
});

test('the portal of a customer can be switched off', async () => {
  const { url } = await mint();
  const { id } = (await upflow.call(EDGE)).body;
  await upflow.control('PUT', '/customers', [{ id, portalEnabled: false }]);
  expect(await follow(url)).toMatchObject({ status: 404, page: expect.stringContaining('Portal not found') });
  expect((await upflow.write('POST', `${EDGE}/portal`, {})).status).toBe(400);
});

test('the link in pushes has at least 30 days left, on every day of a year', async () => {
  const days = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)));
  for (const day of days.filter((_, index) => index % 7 === 0)) {
    await upflow.control('PUT', '/settings', { today: day.toISOString() });
    const { portal } = (await upflow.control('GET', EDGE)).body as { portal: { expiresAt: string } };
    const left = (Date.parse(portal.expiresAt) - day.getTime()) / 86_400_000;
    expect(left).toBeGreaterThanOrEqual(30);
    expect(left).toBeLessThanOrEqual(60);
  }
});

test('the page of a customer shows what an import brought, and its invoices', async () => {
  const user = await upflow.write('POST', '/users', { email: 'rep@acme.example', firstName: 'Rae' });
  await upflow.write('PUT', EDGE, { accountManagerId: user.body.id });
  await upflow.write('POST', `${EDGE}/contacts`, {
    ...{ email: 'ann@edge.example', firstName: 'Ann', lastName: '<Berg>', jobTitle: 'Controller' },
    isMain: true,
  });
  const { id } = (await upflow.call(EDGE)).body;
  const { status, page } = await open(`/customers/${String(id)}`);
  expect(status).toBe(200);
  for (const text of [
    'rep@acme.example',
    'Ann &#60;Berg&#62;',
    'Main contact',
    'Controller',
    'Tier',
    'INV-285-001',
  ])
    expect(page).toContain(text);
  expect((await open('/customers/nobody')).status).toBe(404);
});

test('a person changes how the API behaves on its page, and reads what is wrong', async () => {
  const form = {
    ...{ latencyMs: '5', requestsPerMinute: '60', concurrentRequests: '3', consistencyDelayMs: '0' },
    ...{ today: '2026-06-15', shiftPages: 'on' },
  };
  const saved = await upflow.submit('/settings/behaviour', form);
  expect(saved.page).toContain('Saved.');
  expect((await upflow.control('GET', '/settings')).body).toMatchObject({
    ...{ latencyMs: 5, requestsPerMinute: 60, today: '2026-06-15', shiftPages: true, pushApiChanges: false },
  });
  const wrong = await upflow.submit('/settings/behaviour', { ...form, requestsPerMinute: '0' });
  expect(wrong).toMatchObject({
    status: 400,
    page: expect.stringContaining('This cannot be: Requests a minute'),
  });
});
