import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { z } from 'zod';
import { sampleCustomers, type SimulatedCustomer } from './sample-customers.ts';
import { makePush, sendPushes, type OutgoingPush, type SendReport } from './send-pushes.ts';
import { showCustomers } from './show-customers.ts';

export interface UpflowSimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /** JSON file that keeps the customers between starts; in memory only when absent. */
  storeFile?: string;
  connectionId: string;
  /** `whsec_…`, known to the companion too. */
  pushSecret: string;
}

export interface UpflowSimulator {
  url: string;
  /** Tells the simulator where the companion listens; before that, pushes are refused. */
  connect(companionUrl: string): void;
  close(): Promise<void>;
}

const customersSchema = z.array(
  z.looseObject({ id: z.string().min(1), updatedAt: z.iso.datetime({ offset: true }).optional() }),
);
/** A list of customers, bare or under its name; what is wrong with it is told by its name. */
const bodySchema = z.preprocess(
  (body) => (typeof body === 'object' && body !== null && 'customers' in body ? body : { customers: body }),
  z.object({ customers: customersSchema }),
);
const pushSchema = z.strictObject({
  customerIds: z.array(z.string()).optional(),
  copies: z.int().min(1).max(1000).default(1),
  shuffle: z.boolean().default(false),
});

/** Starts an Upflow organization on this machine: customers that can be looked at and changed, and signed pushes. */
export async function startUpflowSimulator(options: UpflowSimulatorOptions): Promise<UpflowSimulator> {
  const { port = 0, host = '127.0.0.1', storeFile, connectionId, pushSecret: secret } = options;
  let customers = load(storeFile) ?? byId(sampleCustomers(new Date()));
  let companionUrl: string | undefined;
  const totals: SendReport = { sent: 0, accepted: 0, refused: 0 };

  async function push(
    pushes: OutgoingPush[],
    how: { copies?: number; shuffle?: boolean } = {},
  ): Promise<SendReport> {
    const url = `${companionUrl ?? 'http://127.0.0.1:9'}/v1/connections/${connectionId}/pushes`;
    const report = await sendPushes(pushes, { url, secret, ...how });
    totals.sent += report.sent;
    totals.accepted += report.accepted;
    totals.refused += report.refused;
    return report;
  }

  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '50mb', type: () => true }));

  app.get('/', (_req, res) => {
    res.type('html').send(showCustomers([...customers.values()]));
  });
  app.get('/_simulator/customers', (_req, res) => {
    res.json([...customers.values()]);
  });
  // Like Upflow itself, a change is pushed at once.
  app.put('/_simulator/customers', async (req, res) => {
    const changed = bodySchema.parse(req.body).customers.map((change) => ({
      ...customers.get(change.id),
      ...change,
      updatedAt: change.updatedAt ?? new Date().toISOString(),
    }));
    for (const customer of changed) customers.set(customer.id, customer);
    save(storeFile, customers);
    res.json({ customers: changed.length, ...(await push(changed.map(pushOf))) });
  });
  app.delete('/_simulator/customers/:id', async (req, res) => {
    const { id } = req.params;
    if (!customers.delete(id)) {
      res.status(404).json({ error: `there is no customer ${id}` });
      return;
    }
    save(storeFile, customers);
    res.json(await push([makePush('customer.deleted', { id, updatedAt: new Date().toISOString() })]));
  });
  app.post('/_simulator/push', async (req, res) => {
    const { customerIds, ...how } = pushSchema.parse(req.body ?? {});
    const unknown = customerIds?.filter((id) => !customers.has(id)) ?? [];
    if (unknown.length > 0) {
      res.status(400).json({ error: `customerIds: there is no customer ${unknown.join(', ')}` });
      return;
    }
    const chosen = customerIds?.flatMap((id) => customers.get(id) ?? []) ?? [...customers.values()];
    res.json(await push(chosen.map(pushOf), how));
  });
  app.get('/_simulator/stats', (_req, res) => {
    res.json({ customers: customers.size, ...totals });
  });
  app.post('/_simulator/reset', (_req, res) => {
    customers = byId(sampleCustomers(new Date()));
    save(storeFile, customers);
    Object.assign(totals, { sent: 0, accepted: 0, refused: 0 });
    res.json({ customers: customers.size });
  });
  app.use('/_simulator', (_req, res) => {
    res.status(404).json({ error: 'the simulator has no such control' });
  });
  app.use(answerBadInput);

  save(storeFile, customers);
  return { ...(await listen(app, port, host)), connect: (url) => (companionUrl = url) };
}

/** What a push carries: the customer without the invoices behind its figures. */
function pushOf({ invoices: _invoices, ...customer }: SimulatedCustomer): OutgoingPush {
  return makePush('customer.updated', customer);
}

function byId(customers: SimulatedCustomer[]): Map<string, SimulatedCustomer> {
  return new Map(customers.map((customer) => [customer.id, customer]));
}

function load(file: string | undefined): Map<string, SimulatedCustomer> | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  return byId(JSON.parse(readFileSync(file, 'utf8')) as SimulatedCustomer[]);
}

function save(file: string | undefined, customers: ReadonlyMap<string, SimulatedCustomer>): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify([...customers.values()]));
  renameSync(`${file}.new`, file);
}

const answerBadInput: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (error instanceof z.ZodError) {
    res
      .status(400)
      .json({ error: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') });
  } else {
    const status = (error as { status?: number }).status ?? 500;
    res.status(status).json({ error: status === 500 ? 'unexpected' : (error as Error).message });
  }
};

function listen(app: Express, port: number, host: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const url = `http://${host}:${(server.address() as AddressInfo).port}`;
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ url, close });
    });
  });
}
