import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { InvalidConfig, readConfig } from '../src/config.ts';
import { newSealingKey } from '../src/connect/seal.ts';
import { newPushSecret } from './support/sign-push.ts';

const directory = mkdtempSync(join(tmpdir(), 'companion-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const connection = {
  id: 'acme',
  pushSecrets: [newPushSecret(), newPushSecret()],
  apiTokens: ['a-token-of-at-least-thirty-two-characters'],
  salesforce: { host: 'acme.my.salesforce.com', clientId: 'client', clientSecret: 'canary-client-secret' },
  identifier: { upflow: 'externalId', salesforce: 'AccountNumber' },
};

function fileOf(content: unknown): string {
  const file = join(directory, 'connections.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

test('connections are made in the console, so nothing must be given', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ port: 3000, database: { directory: '.data' }, provisioned: [] });
});

test('a file lists connections to begin with', () => {
  const config = readConfig({ CONNECTIONS_FILE: fileOf({ connections: [connection] }) });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, database: { directory: '.data' } });
  expect(config.provisioned).toMatchObject([
    { id: 'acme', salesforce: { origin: 'https://acme.my.salesforce.com' }, pushSecrets: { length: 2 } },
  ]);
});

test('with DATABASE_URL the rows are kept on that server', () => {
  const url = 'postgresql://companion@db.example/companion';
  expect(readConfig({ DATABASE_URL: url, ENCRYPTION_KEYS: newSealingKey('k1') }).database).toEqual({ url });
});

test('with DATABASE_URL the keys that encrypt secrets are asked for', () => {
  const url = 'postgresql://companion@db.example/companion';
  expect(problemsOf({ DATABASE_URL: url }).join('\n')).toContain('ENCRYPTION_KEYS');
  expect(problemsOf({ ENCRYPTION_KEYS: 'k1:canary-short' }).join('\n')).toMatch(
    /^ENCRYPTION_KEYS: entry 1 (?!.*canary)/,
  );
});

test('everything that is wrong is listed at once, by name', () => {
  const broken = {
    id: 'Not OK',
    pushSecrets: ['whsec_short'],
    apiTokens: ['short'],
    salesforce: { host: 'evil.com', clientId: 'x', clientSecret: 'x' },
    identifier: { upflow: 'name', salesforce: 'a b' },
  };
  const problems = problemsOf({
    PORT: 'eighty',
    DATABASE_URL: 'mysql://db',
    SALESFORCE_SIMULATOR_ORIGIN: 'here',
    LOG_LEVEL: 'loud',
    CONNECTIONS_FILE: fileOf({ connections: [broken] }),
  });
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'ORIGIN',
    'LOG_LEVEL',
    '.id',
    '.apiTokens.0',
    '.identifier.upflow',
  ]) {
    expect(problems.join('\n')).toContain(name);
  }
});

test('a secret, a host or an id that cannot be is named, and its value is not shown', () => {
  const broken = [
    { ...connection, pushSecrets: ['canary-not-a-secret'] },
    { ...connection, salesforce: { ...connection.salesforce, host: 'acme.my.salesforce.com.evil.com' } },
  ];
  const problems = problemsOf({ CONNECTIONS_FILE: fileOf({ connections: broken }) });
  expect(problems).toHaveLength(3);
  expect(problems.join('\n')).toMatch(/pushSecrets\.0.*\n.*connections\.1\.id.*twice\n.*salesforce\.host/);
  expect(problems.join('\n')).not.toContain('canary');
});

test.each([['{'], ['[]'], ['{"connections":[]}']])('the file %j is refused by its name', (content) => {
  const file = fileOf(content);
  expect(problemsOf({ CONNECTIONS_FILE: file }).join('\n')).toContain(file);
});

const openIdConnect = {
  PUBLIC_URL: 'https://companion.example',
  OIDC_ISSUER: 'https://id.example',
  OIDC_CLIENT_ID: 'companion',
  OIDC_CLIENT_SECRET: 'canary-client-secret',
  OIDC_ADMINS: 'anna@example.com, upflow-admins,',
};

test('people sign in by one-time links, unless there is a provider to sign in with', () => {
  expect(readConfig({}).signIn).toMatchObject({ links: true, openIdConnect: undefined, trustedProxies: 0 });
  expect(readConfig(openIdConnect).signIn).toMatchObject({
    links: false,
    openIdConnect: { roleClaim: 'groups', admins: ['anna@example.com', 'upflow-admins'], viewers: [] },
  });
  expect(readConfig({ ...openIdConnect, CONSOLE_LINKS: 'on' }).signIn.links).toBe(true);
  expect(readConfig({ CONSOLE_LINKS: 'off' }).signIn.links).toBe(false);
});

test.each(Object.keys(openIdConnect))('a provider without %s is no provider', (name) => {
  expect(problemsOf({ ...openIdConnect, [name]: '' }).join('\n')).toMatch(
    name === 'OIDC_ISSUER' ? /OIDC_CLIENT_ID: needs OIDC_ISSUER/ : new RegExp(`^${name}: is needed`),
  );
});

test('secrets are not sent to a provider in clear, except on this machine', () => {
  expect(problemsOf({ ...openIdConnect, OIDC_ISSUER: 'http://id.example' })).toEqual([
    'OIDC_ISSUER: must be an https address; http is for providers on this machine only',
  ]);
  expect(problemsOf({ ...openIdConnect, OIDC_ISSUER: 'http://127.0.0.1:4000' })).toEqual([]);
});
