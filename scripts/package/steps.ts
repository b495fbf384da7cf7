import { z } from 'zod';
import { explainFailure } from './explain-failure.ts';
import type { RunCli } from './salesforce-cli.ts';

/** What came of a step: lines for the person who asked for it. */
export type StepResult = { ok: true; lines: string[] } | { ok: false; message: string };

const SCRATCH_ALIAS = 'upflow';
const SCRATCH_DAYS = '30';
const WAIT_MINUTES = '120';
const permissionSets = ['Upflow_Admin', 'Upflow_Viewer'];

/** What the build fills into the app that connections use; none of it belongs into the sources. */
const buildSettings = ['UPFLOW_CONTACT_EMAIL', 'UPFLOW_ORG_SCOPED_APP', 'UPFLOW_OAUTH_LINK'];

interface Command {
  says: string;
  args: string[];
}

/** Runs commands one after the other and stops at the first that fails. */
async function runAll(run: RunCli, commands: Command[], done: string[]): Promise<StepResult> {
  for (const { says, args } of commands) {
    const outcome = await run(args);
    if (!outcome.ok) return { ok: false, message: explainFailure(says, outcome) };
  }
  return { ok: true, lines: done };
}

/** A scratch org with the package's sources in it and its permission sets assigned. */
export function createScratchOrg(run: RunCli): Promise<StepResult> {
  const create = ['org', 'create', 'scratch', '--definition-file', 'config/scratch-org.json'];
  // The project's namespace would be that of the org, and the names of the permission sets would carry it.
  const options = [
    '--no-namespace',
    '--alias',
    SCRATCH_ALIAS,
    '--set-default',
    '--duration-days',
    SCRATCH_DAYS,
    '--wait',
    '20',
  ];
  // Not the connection: its app exists in the Dev Hub only.
  const deploy = [
    'project',
    'deploy',
    'start',
    '--source-dir',
    'force-app/main',
    '--target-org',
    SCRATCH_ALIAS,
  ];
  const assign = ['org', 'assign', 'permset', '--target-org', SCRATCH_ALIAS];
  return runAll(
    run,
    [
      { says: 'Creating the scratch org', args: [...create, ...options] },
      { says: 'Deploying the sources', args: [...deploy, '--wait', '30'] },
      {
        says: 'Assigning the permission sets',
        args: [...assign, ...permissionSets.flatMap((name) => ['--name', name])],
      },
    ],
    [
      `The scratch org is ready for ${SCRATCH_DAYS} days. Open it: npx sf org open --target-org ${SCRATCH_ALIAS}`,
    ],
  );
}

const versionShape = z.object({ SubscriberPackageVersionId: z.string() });

/** A new version of the package, as a beta: it installs in scratch orgs and sandboxes until it is promoted. */
export async function createPackageVersion(
  run: RunCli,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StepResult> {
  const missing = buildSettings.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0) {
    const names = missing.join(', ');
    return {
      ok: false,
      message: `Set ${names} first: docs/packaging.md says where their values come from.`,
    };
  }
  const outcome = await run([
    ...[
      'package',
      'version',
      'create',
      '--package',
      'Upflow',
      '--installation-key-bypass',
      '--code-coverage',
    ],
    ...['--definition-file', 'config/scratch-org.json', '--wait', WAIT_MINUTES],
  ]);
  if (!outcome.ok) return { ok: false, message: explainFailure('Creating the package version', outcome) };
  const version = versionShape.safeParse(outcome.result);
  if (!version.success)
    return { ok: false, message: 'The version was created, but the CLI did not say its id.' };
  return { ok: true, lines: listInstallUrls(version.data.SubscriberPackageVersionId) };
}

/** Makes a version installable in production orgs, for good. */
export function promotePackageVersion(run: RunCli, version: string): Promise<StepResult> {
  const args = ['package', 'version', 'promote', '--package', version, '--no-prompt'];
  return runAll(run, [{ says: 'Promoting the version', args }], ['Promoted.', ...listInstallUrls(version)]);
}

/** Where an admin installs a version. */
export function listInstallUrls(version: string): string[] {
  const path = `/packaging/installPackage.apexp?p0=${version}`;
  return [
    `Production: https://login.salesforce.com${path}`,
    `Sandbox:    https://test.salesforce.com${path}`,
  ];
}

/** Installs a version in an org, for its admins only: others get access by permission set. */
export function installPackageVersion(run: RunCli, version: string, org: string): Promise<StepResult> {
  const args = ['package', 'install', '--package', version, '--target-org', org, '--wait', '30'];
  const options = ['--security-type', 'AdminsOnly', '--no-prompt'];
  return runAll(
    run,
    [{ says: 'Installing the package', args: [...args, ...options] }],
    [`Installed. Next: npm run package -- assign --target-org ${org}`],
  );
}

/** Assigns the installed permission sets, to the user of the login or to those named. */
export function assignPermissionSets(
  run: RunCli,
  { org, users, namespace }: { org: string; users: readonly string[]; namespace: string },
): Promise<StepResult> {
  const names = permissionSets.flatMap((name) => ['--name', `${namespace}${name}`]);
  const onBehalf = users.flatMap((user) => ['--on-behalf-of', user]);
  return runAll(
    run,
    [
      {
        says: 'Assigning the permission sets',
        args: ['org', 'assign', 'permset', '--target-org', org, ...names, ...onBehalf],
      },
    ],
    ['Assigned. Open the Upflow app in Salesforce and follow Get Started.'],
  );
}
