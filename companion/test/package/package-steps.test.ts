import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAnswer, type CliOutcome, type RunCli } from '../../../scripts/package/salesforce-cli.ts';
import {
  assignPermissionSets,
  createPackageVersion,
  createScratchOrg,
  installPackageVersion,
  promotePackageVersion,
} from '../../../scripts/package/steps.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const VERSION = '04t000000000001AAA';
const BUILD = { UPFLOW_CONTACT_EMAIL: 'a@example.com', UPFLOW_ORG_SCOPED_APP: 'x', UPFLOW_OAUTH_LINK: 'y' };

/** A Salesforce CLI that answers as it is told, and keeps what it was asked. */
function fakeCli(...answers: CliOutcome[]): { run: RunCli; asked: string[] } {
  const asked: string[] = [];
  const run: RunCli = (args) => {
    asked.push(args.join(' '));
    return Promise.resolve(answers.shift() ?? { ok: true, result: {} });
  };
  return { run, asked };
}

const noDevHub: CliOutcome = {
  ok: false,
  name: 'NoDefaultDevHubError',
  message: 'No default dev hub found.',
};

describe('making the package', () => {
  test('a scratch org gets the sources, without the app that exists in the Dev Hub only, and the permission sets', async () => {
    const { run, asked } = fakeCli();
    expect(await createScratchOrg(run)).toMatchObject({ ok: true });
    expect(asked.map((command) => command.split(' --')[0])).toEqual([
      'org create scratch',
      'project deploy start',
      'org assign permset',
    ]);
    // The permission sets are assigned by their bare names.
    expect(asked[0]).toContain('--no-namespace');
    expect(asked[1]).toContain('--source-dir force-app/main ');
    expect(asked[2]).toContain('--name Upflow_Admin --name Upflow_Viewer');
  });

  test('nothing is deployed where the scratch org could not be made', async () => {
    const { run, asked } = fakeCli(noDevHub);
    expect(await createScratchOrg(run)).toMatchObject({
      ok: false,
      message: expect.stringContaining('npx sf org login web --set-default-dev-hub'),
    });
    expect(asked).toHaveLength(1);
  });

  test('a version is created with the coverage that promoting it needs, and its install addresses are printed', async () => {
    const { run, asked } = fakeCli({ ok: true, result: { SubscriberPackageVersionId: VERSION } });
    expect(await createPackageVersion(run, BUILD)).toEqual({
      ok: true,
      lines: [
        `Production: https://login.salesforce.com/packaging/installPackage.apexp?p0=${VERSION}`,
        `Sandbox:    https://test.salesforce.com/packaging/installPackage.apexp?p0=${VERSION}`,
      ],
    });
    expect(asked[0]).toContain('--code-coverage');
    expect(asked[0]).not.toContain('--skip-validation');
  });

  test('a version is not even tried while what the build fills in is missing', async () => {
    const { run, asked } = fakeCli();
    const result = await createPackageVersion(run, { ...BUILD, UPFLOW_OAUTH_LINK: '' });
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('UPFLOW_OAUTH_LINK') });
    expect(result).not.toMatchObject({ message: expect.stringContaining('UPFLOW_CONTACT_EMAIL') });
    expect(asked).toEqual([]);
  });

  test('an error that is not known is told in the words of the CLI', async () => {
    const { run } = fakeCli({
      ok: false,
      name: 'PackageError',
      message: 'The version\n was already promoted.',
    });
    expect(await promotePackageVersion(run, VERSION)).toEqual({
      ok: false,
      message: 'Promoting the version failed: The version was already promoted. (PackageError)',
    });
  });
});

describe('installing the package', () => {
  test('is for the admins of the org only', async () => {
    const { run, asked } = fakeCli();
    await installPackageVersion(run, VERSION, 'customer');
    expect(asked[0]).toContain(`--package ${VERSION} --target-org customer`);
    expect(asked[0]).toContain('--security-type AdminsOnly');
  });

  test('its permission sets carry the namespace, and go to everyone who is named', async () => {
    const { run, asked } = fakeCli();
    await assignPermissionSets(run, {
      org: 'customer',
      users: ['a@x.example', 'b@x.example'],
      namespace: 'upflow__',
    });
    expect(asked[0]).toContain('--name upflow__Upflow_Admin --name upflow__Upflow_Viewer');
    expect(asked[0]).toContain('--on-behalf-of a@x.example --on-behalf-of b@x.example');
  });
});

describe('what the CLI answers', () => {
  test('an assignment that the org refused is told in its words', () => {
    const failures = [{ name: 'a@x.example', message: 'Duplicate PermissionSetAssignment.' }];
    expect(readAnswer(JSON.stringify({ status: 1, result: { successes: [], failures } }))).toEqual({
      ok: false,
      name: 'Refused',
      message: 'a@x.example: Duplicate PermissionSetAssignment.',
    });
  });

  test.each([['a list'], ['a single one']])('a component that the org refused is named, from %s', (shape) => {
    const failure = {
      componentType: 'CustomField',
      fullName: 'Account.Due__c',
      problem: 'Too long',
      lineNumber: '4',
    };
    const componentFailures = shape === 'a list' ? [failure] : failure;
    const text = JSON.stringify({ status: 1, result: { status: 'Failed', details: { componentFailures } } });
    expect(readAnswer(text)).toMatchObject({ message: 'CustomField Account.Due__c line 4: Too long' });
  });

  test.each(['', 'Killed', '{"status":1,"result":{}}'])('an answer %j is shown as it is', (text) => {
    expect(readAnswer(text)).toEqual({ ok: false, name: 'UnreadableAnswer', message: text });
  });
});

test.each(['promote', 'url', 'install --target-org acme'])('%s takes ids of versions only', (command) => {
  const args = ['scripts/package.ts', ...command.split(' '), 'banana'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8' });
  expect(stderr).toContain('A version is the 04t… id');
  expect(status).toBe(1);
});

test('without any login the real command says how to log in, and fails', () => {
  const home = mkdtempSync(join(tmpdir(), 'upflow-no-login-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/package.ts', 'scratch-org'], {
      cwd: PROJECT,
      encoding: 'utf8',
      env: {
        ...process.env,
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_DATA_HOME: home,
        SF_DISABLE_TELEMETRY: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
      },
    });
    expect(stderr).toContain('You are not logged in to a Dev Hub.');
    expect(status).toBe(1);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 60_000);
