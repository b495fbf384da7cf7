import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import { buildApp } from './build-app.ts';
import { loadIdentity } from './org/org-identity.ts';
import { SimulatedOrg } from './org/simulated-org.ts';
import { installPackage } from './schema/install-package.ts';
import { openStore } from './store/open-store.ts';

/** How to start the simulator; every option may be left out. */
export interface SalesforceSimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /** Where records, tokens and credentials are kept across restarts; in memory only when absent. */
  storeFile?: string;
  /** The package to install. */
  packageDirectory?: string;
  /** The connected app's credentials; made up, and kept with the store, when absent. */
  clientId?: string;
  clientSecret?: string;
  /** Mounts further pages, such as the record page, before unknown paths are refused. */
  configure?: (app: Express, org: SimulatedOrg) => void;
}

/** A running simulator. */
export interface SalesforceSimulator {
  url: string;
  organizationId: string;
  clientId: string;
  clientSecret: string;
  org: SimulatedOrg;
  close: () => Promise<void>;
}

const repositoryPackage = fileURLToPath(new URL('../../../force-app/main/default', import.meta.url));
// Node would refuse long addresses by itself, without the answer that Salesforce gives.
const MAX_HEADER_BYTES = 256 * 1024;
const KEEP_ALIVE_MS = 60_000;

/** Starts a Salesforce org on this machine, with the package installed and a sample organization in it. */
export async function startSalesforceSimulator(
  options: SalesforceSimulatorOptions = {},
): Promise<SalesforceSimulator> {
  const installed = installPackage(options.packageDirectory ?? repositoryPackage);
  const store = await openStore(options.storeFile, installed);
  const identity = loadIdentity(store, options);
  const org = new SimulatedOrg(identity, installed, store);
  const app = buildApp(org, options.configure);
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, app);
  org.url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { organizationId, clientId, clientSecret } = identity;
  const close = async (): Promise<void> => {
    await closeServer(server);
    store.close();
  };
  return { url: org.url, organizationId, clientId, clientSecret, org, close };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve(`http://${host}:${address.port}`);
    });
  });
}

/** Also ends the connections that clients keep open, which would otherwise hold the process. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
