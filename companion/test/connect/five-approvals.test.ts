import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnecting, type Connecting, type Problem, type View } from './open-connecting.ts';

let connecting: Connecting;
beforeAll(async () => {
  connecting = await openConnecting();
});
afterEach(() => connecting.disconnectAll());
afterAll(() => connecting.stop());

const approvalsInSalesforce = async () =>
  ((await connecting.org.control('GET', '/approvals')).body as { user: string }[]).length;

/** Connects so many, all approved by the same user. */
async function fill(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number++) {
    const id = await connecting.make(`Number ${number}`);
    expect(await connecting.connect(id, 'admin')).toMatchObject({ state: 'connected' });
    ids.push(id);
  }
  return ids;
}
const isAlive = async (id: string) => (await connecting.api('POST', `/${id}/salesforce/connect`)).status === 200;

test('a sixth approval is refused before it ends the first, naming the connections; another user may go on', async () => {
  const ids = await fill(5);
  const sixth = await connecting.make('Sixth');
  const refused = await connecting.api<Problem>('POST', `/${sixth}/salesforce/authorizations`, {});
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    type: expect.stringMatching(/:five-approvals$/),
    connections: ids.map((id) => ({ id })),
    detail: expect.stringContaining('Number 1'),
  });
  expect(await approvalsInSalesforce()).toBe(5);

  expect(await connecting.connect(sixth, 'rep', { asAnotherUser: true })).toMatchObject({ state: 'connected' });
  for (const id of [...ids, sixth]) expect(await isAlive(id)).toBe(true);
  const { body } = await connecting.api<{ rows: { count: number }[]; limit: number }>(
    'GET',
    `/${sixth}/salesforce/approvals`,
  );
  expect(body).toMatchObject({ limit: 5, rows: [{ count: 5 }, { count: 1 }] });
});

test('a connection that is approved anew takes no second approval, so the others live on', async () => {
  const ids = await fill(5);
  const [first = ''] = ids;
  expect(await connecting.connect(first, 'admin')).toMatchObject({ state: 'connected' });
  expect(await approvalsInSalesforce()).toBe(5);
  for (const id of ids) expect(await isAlive(id)).toBe(true);
});

describe('when the user who was to be another one has five approvals after all', () => {
  test('the connection whose approval Salesforce has ended says so at once, and is the one that Salesforce ended', async () => {
    const ids = await fill(5);
    const sixth = await connecting.make('Sixth after all');
    const changes: string[] = [];
    const stop = connecting.console.services.states.onChange(({ connectionId, to }) =>
      changes.push(`${connectionId} ${to}`),
    );
    await connecting.connect(sixth, 'admin', { asAnotherUser: true });
    stop();
    const views = await Promise.all(ids.map((id) => connecting.view(id)));
    expect(views.map(({ state }) => state)).toEqual([
      'reconnect needed',
      'connected',
      'connected',
      'connected',
      'connected',
    ]);
    expect((views[0] as View).stateReason).toMatchObject({ code: 'approval-pushed-out' });
    expect(changes).toContain(`${ids[0]} reconnect needed`);
    expect(await approvalsInSalesforce()).toBe(5);
    for (const id of [...ids.slice(1), sixth]) expect(await isAlive(id)).toBe(true);

    // The fix: somebody else approves it.
    const [first = ''] = ids;
    expect(await connecting.connect(first, 'rep', { asAnotherUser: true })).toMatchObject({
      state: 'connected',
      stateReason: null,
    });
  });
});
