import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { runSf, type Run } from './run-sf.ts';
import { walkAuthorization } from './walk-authorization.ts';

// The command line starts slowly, and machines that run tests are busy.
const TEST_TIMEOUT_IN_MS = 180_000;

let org: TestOrg;
let directory: string;

beforeEach(async () => {
  org = await openSimulator();
  directory = mkdtempSync(join(tmpdir(), 'sf-cli-sign-in-'));
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await org.close();
});

const query = (username: string): Promise<Run> =>
  runSf(directory, ['data', 'query', '-o', username, '-q', 'SELECT Id FROM Account LIMIT 1', '--json']);

/** A port that is free at this moment, for what cannot be told to take any. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What stands in for the browser: it tells a server of the test where it was sent to. */
async function waitForBrowser(): Promise<{ browser: string; visited: Promise<string>; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = join(directory, 'browser');
  const script = `#!${process.execPath}
fetch('http://127.0.0.1:${port}/', { method: 'POST', body: process.argv.at(-1) });
`;
  writeFileSync(browser, script, { mode: 0o755 });
  const visited = new Promise<string>((resolve) => {
    server.on('request', (request, response) => {
      let address = '';
      request.on('data', (chunk: Buffer) => (address += chunk.toString()));
      request.on('end', () => {
        response.end();
        resolve(address);
      });
    });
  });
  return { browser, visited, close: () => server.close() };
}

test(
  '`sf org login web` signs in over the pages, refreshes by itself, and its logout ends what it was given',
  async () => {
    const { username } = org.simulator.org.users.admin;
    const port = await findFreePort();
    const redirectUris = [`http://localhost:${port}/OauthRedirect`];
    await org.control('PUT', '/apps', { clientId: 'PlatformCLI', redirectUris });
    mkdirSync(join(directory, 'source'));
    const project = { packageDirectories: [{ path: 'source', default: true }], oauthLocalPort: String(port) };
    writeFileSync(join(directory, 'sfdx-project.json'), JSON.stringify(project));
    const { browser, visited, close } = await waitForBrowser();
    const login = runSf(directory, ['org', 'login', 'web', '-r', org.simulator.url, '--json'], {
      BROWSER: browser,
    });
    const { callback } = await walkAuthorization(await visited, { username });
    close();
    await fetch(callback ?? '');
    expect((await login).json).toMatchObject({ status: 0, result: { username, isDevHub: false } });
    org.simulator.org.sessions.endSessions(() => true);
    expect((await query(username)).json).toMatchObject({ status: 0, result: { totalSize: 1 } });
    const logout = await runSf(directory, ['org', 'logout', '-o', username, '--no-prompt', '--json']);
    expect(logout.json).toMatchObject({ status: 0, result: [username] });
  },
  TEST_TIMEOUT_IN_MS,
);

test(
  '`sf org login jwt` signs in with a key, and again when the session has ended',
  async () => {
    const { username } = org.simulator.org.users.integration;
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await org.control('PUT', '/apps', {
      publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
      permittedUsers: 'adminApproved',
      approvedUsers: ['integration'],
    });
    const keyFile = join(directory, 'key.pem');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const login = await runSf(directory, [
      ...['org', 'login', 'jwt', '-r', org.simulator.url, '-o', username],
      ...['--client-id', org.simulator.clientId, '--jwt-key-file', keyFile, '--json'],
    ]);
    expect(login.json).toMatchObject({ status: 0, result: { username } });
    org.simulator.org.sessions.endSessions(() => true);
    expect((await query(username)).json).toMatchObject({ status: 0, result: { totalSize: 1 } });
  },
  TEST_TIMEOUT_IN_MS,
);
