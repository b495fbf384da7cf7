import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { z } from 'zod';
import { ApiProblem } from './api/api-problem.ts';
import { serveApi } from './api/serve-api.ts';
import { makeApiKeys, type ApiKeys } from './api-keys.ts';
import { servePages } from './pages/serve-pages.ts';
import { serveControls } from './serve-controls.ts';
import { UpflowOrganization } from './upflow-organization.ts';

export interface UpflowSimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /** SQLite file that keeps customers and push addresses between starts; nothing is kept when absent. */
  storeFile?: string;
  /** What opens the API; made up when absent. */
  apiKey?: string | undefined;
  apiSecret?: string | undefined;
}

export interface UpflowSimulator {
  url: string;
  /** What the simulated Upflow knows, for tests in the same process. */
  organization: UpflowOrganization;
  /** The key pair that the API takes now. */
  keys(): ApiKeys;
  /** Sends pushes to this address too, until the simulator stops. */
  connect(pushUrl: string, secret: string): void;
  close(): Promise<void>;
}

/** Starts an Upflow organization on this machine: customers to look at and change, an API, and signed pushes. */
export async function startUpflowSimulator(options: UpflowSimulatorOptions = {}): Promise<UpflowSimulator> {
  const { port = 0, host = '127.0.0.1', storeFile } = options;
  const organization = new UpflowOrganization(storeFile, makeApiKeys(options));
  const app = express();
  app.disable('x-powered-by');
  app.use(servePages(organization));
  app.use('/v1', serveApi(organization));
  app.use(express.json({ limit: '50mb', type: () => true }));
  app.use('/_simulator', serveControls(organization));
  app.use(answerBadInput);
  const listening = await listen(app, port, host);
  return {
    url: listening.url,
    organization,
    close: async () => {
      await listening.close();
      organization.close();
    },
    keys: () => organization.keys,
    connect: (url, secret) => organization.targets.connect({ url, secret }),
  };
}

const answerBadInput: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (error instanceof z.ZodError) {
    res
      .status(400)
      .json({ error: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') });
  } else if (error instanceof ApiProblem) {
    res.status(error.status).json({ error: error.message });
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
