import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hosting, OldAddress } from './org/hosting.ts';
import type { SimulatedOrg } from './org/simulated-org.ts';

// Node would refuse long addresses by itself, without the answer that Salesforce gives.
const MAX_HEADER_BYTES = 256 * 1024;
const KEEP_ALIVE_MS = 60_000;

/** Something that runs until it is closed. */
export interface Closable {
  close: () => Promise<void>;
}

/** Puts an org on the network, and moves it to another port when asked to. */
export async function hostOrg(
  org: SimulatedOrg,
  app: RequestListener,
  where: { port: number; host: string; openSandbox: Hosting['openSandbox'] },
): Promise<Closable> {
  const servers: Server[] = [];
  const oldPorts = new Map<number, OldAddress>();
  const listen = async (port: number): Promise<void> => {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, app);
    org.url = await startListening(server, port, where.host);
    servers.push(server);
  };
  const move = async (oldAddress: OldAddress): Promise<string> => {
    const left = Number(new URL(org.url).port);
    await listen(0);
    oldPorts.set(left, oldAddress);
    org.sessions.endSessions(() => true);
    org.store.commit();
    return org.url;
  };
  await listen(where.port);
  org.hosting = { oldPorts, openSandbox: where.openSandbox, move };
  return {
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

function startListening(server: Server, port: number, host: string): Promise<string> {
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
