import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import { buildApp } from './build-app.ts';
import { hostOrg, type Closable } from './host-org.ts';
import type { OpenedSandbox } from './org/hosting.ts';
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
  /** Makes the org a sandbox of this name. */
  sandboxName?: string;
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

/** Starts a Salesforce org on this machine, with the package installed and a sample organization in it. */
export async function startSalesforceSimulator(
  options: SalesforceSimulatorOptions = {},
): Promise<SalesforceSimulator> {
  const installed = installPackage(options.packageDirectory ?? repositoryPackage);
  const store = await openStore(options.storeFile, installed);
  const identity = loadIdentity(store, options);
  const org = new SimulatedOrg(identity, installed, store);
  const app = buildApp(org, options.configure);
  const { organizationId, clientId, clientSecret } = identity;
  const running: Closable[] = [];
  const openSandbox = async (sandboxName: string): Promise<OpenedSandbox> => {
    const { storeFile: _kept, port: _taken, configure: _pages, ...rest } = options;
    const sandbox = await startSalesforceSimulator({ ...rest, clientId, clientSecret, sandboxName });
    running.push(sandbox);
    return describeSandbox(sandbox, sandboxName);
  };
  const { port = 0, host = '127.0.0.1' } = options;
  running.push(await hostOrg(org, app, { port, host, openSandbox }));
  org.jobs.resume();
  const close = async (): Promise<void> => {
    await Promise.all(running.map((part) => part.close()));
    await org.jobs.stop();
    store.close();
  };
  return { url: org.url, organizationId, clientId, clientSecret, org, close };
}

function describeSandbox({ org, ...sandbox }: SalesforceSimulator, sandboxName: string): OpenedSandbox {
  const { url, organizationId, clientId, clientSecret } = sandbox;
  const usernames = Object.values(org.users).map((user) => user.username);
  const session = org.openSession();
  return { url, organizationId, sandboxName, clientId, clientSecret, usernames, session };
}
