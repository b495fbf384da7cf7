// Prints accepted-and-durable pushes per second beside what the same machine does without durability.
import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';

const ROUNDS = 3;
const SECONDS_PER_ROUND = Number(process.env.BENCH_SECONDS ?? 5);
const WARM_UP_IN_SECONDS = 2;
const CONNECTIONS = 64;

const key = randomBytes(32);
const secret = `whsec_${key.toString('base64')}`;
const body = JSON.stringify(makePush());

interface Route {
  name: string;
  port: number;
  perSecond: number[];
}

const directory = mkdtempSync(join(tmpdir(), 'companion-bench-'));
const children: ChildProcess[] = [];
try {
  const { url } = await start<{ url: string }>('../../companion/test/support/run-postgres.ts', {});
  const routes: Route[] = [
    await serve('bare Express 5 route', { BENCH_ROUTE: 'bare' }),
    await serve('raw body, signature, schema; nothing stored', {
      BENCH_ROUTE: 'checked',
      DATA_DIR: join(directory, 'checked'),
    }),
    await serve('accepted and durable, PostgreSQL', { BENCH_ROUTE: 'stored', DATABASE_URL: url }),
    await serve('accepted and durable, PGlite', {
      BENCH_ROUTE: 'stored',
      DATA_DIR: join(directory, 'stored'),
    }),
  ];
  for (const route of routes) await load(route.port, WARM_UP_IN_SECONDS);
  // Round by round rather than route by route, so that a slow moment of the machine befalls all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const route of routes) route.perSecond.push(await load(route.port, SECONDS_PER_ROUND));
  }
  print(routes);
} finally {
  for (const child of children) if (child.connected) child.disconnect();
  rmSync(directory, { recursive: true, force: true });
}

async function serve(name: string, environment: Record<string, string>): Promise<Route> {
  const { port } = await start<{ port: number }>('./serve-route.ts', {
    BENCH_SECRET: secret,
    ...environment,
  });
  return { name, port, perSecond: [] };
}

function start<Message>(script: string, environment: Record<string, string>): Promise<Message> {
  const child = fork(new URL(script, import.meta.url), {
    env: { PATH: process.env.PATH, ...environment },
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`${script} stopped with code ${code}`)));
  });
}

/** @returns answers 202 per second; every request is a push of its own, signed as a sender would */
async function load(port: number, seconds: number): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/v1/connections/bench/pushes`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: seconds,
    body,
    requests: [{ setupRequest: (request) => ({ ...request, headers: sign() }) }],
  });
  const refused = result.requests.total - result['2xx'];
  if (result['2xx'] === 0 || refused > CONNECTIONS)
    throw new Error(`${refused} requests were not answered 202`);
  return result['2xx'] / result.duration;
}

function sign(): Record<string, string> {
  const id = randomBytes(12).toString('base64url');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

function print(routes: Route[]): void {
  const median = ({ perSecond }: Route) => perSecond.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const [bare = 0, checked = 0] = routes.map(median);
  const rows = routes.map((route) => ({
    route: route.name,
    'pushes/s': Math.round(median(route)),
    'of bare Express': (median(route) / bare).toFixed(2),
    'of the same without storage': (median(route) / checked).toFixed(2),
  }));
  console.table(rows);
  console.log(
    `Median of ${ROUNDS} rounds of ${SECONDS_PER_ROUND} s, ${CONNECTIONS} connections, ${body.length} bytes a push, ` +
      `Node ${process.version}, ${cpus().length} cores shared by client, server and database. ` +
      'The export does not run meanwhile.',
  );
}

function makePush(): object {
  return {
    type: 'customer.updated',
    timestamp: '2026-11-22T10:15:30.123Z',
    data: {
      id: '0b8e6c1e-6f2d-4c5a-9a37-5d1c1f7f2a11',
      externalId: '285',
      name: 'Edge Communications',
      currency: 'USD',
      amountOutstanding: 14_823_050,
      amountDue: 8_609_000,
      amountOverdue: 6_214_025,
      countInvoicesDue: 4,
      countInvoicesOverdue: 3,
      ageing: { days1To30: 3_100_000, days31To60: 1_764_025, days61To90: 900_000, over90: 450_000 },
      averagePaymentDelay: 17.8,
      rating: 'A',
      collectionStatus: 'ACTIVE',
      portal: { url: `https://pay.upflow.io/${'x'.repeat(300)}`, expiresAt: '2027-01-21T10:15:30Z' },
      directUrl: 'https://app.upflow.io/customers/0b8e6c1e',
      savedPaymentMethod: { type: 'CARD', lastPaymentStatus: 'SUCCEEDED' },
      oldestOverdueDueDate: '2026-08-14',
      lastPaymentAt: '2026-11-02',
      nextAction: { name: 'Second reminder', dueDate: '2026-11-25' },
      workflow: { id: 'w', name: 'Enterprise' },
      customFields: [{ id: 'f', name: 'Tier', type: 'SELECT', value: 'Gold' }],
      updatedAt: '2026-11-22T10:15:29.870Z',
    },
  };
}
