// Makes and installs the package: `npm run package -- --help`.
import { Command, InvalidArgumentError } from 'commander';
import { runCli } from './package/salesforce-cli.ts';
import {
  assignPermissionSets,
  createPackageVersion,
  createScratchOrg,
  installPackageVersion,
  listInstallUrls,
  promotePackageVersion,
  type StepResult,
} from './package/steps.ts';

const NAMESPACE = 'upflow__';

function report(result: StepResult): void {
  if (result.ok) {
    for (const line of result.lines) console.log(line);
    return;
  }
  console.error(result.message);
  process.exitCode = 1;
}

/** Salesforce would answer for anything else that it does not exist, or print an address that leads nowhere. */
function readVersion(value: string): string {
  if (/^04t[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(value)) return value;
  throw new InvalidArgumentError('A version is the 04t… id that `npm run package -- version` prints.');
}

const collect = (value: string, before: string[]): string[] => [...before, value];

const program = new Command('npm run package --').description('Makes and installs the Upflow package.');
program
  .command('scratch-org')
  .description('create a scratch org with the sources in it')
  .action(async () => report(await createScratchOrg(runCli)));
program
  .command('version')
  .description('create a new version of the package')
  .action(async () => report(await createPackageVersion(runCli, process.env)));
program
  .command('promote')
  .description('let production orgs install a version (04t…)')
  .argument('<version>', 'its id', readVersion)
  .action(async (version: string) => report(await promotePackageVersion(runCli, version)));
program
  .command('url')
  .description('print where an admin installs a version (04t…)')
  .argument('<version>', 'its id', readVersion)
  .action((version: string) => report({ ok: true, lines: listInstallUrls(version) }));
program
  .command('install')
  .description('install a version (04t…) in an org')
  .argument('<version>', 'its id', readVersion)
  .requiredOption('--target-org <org>', 'username or alias')
  .action(async (version: string, { targetOrg }: { targetOrg: string }) =>
    report(await installPackageVersion(runCli, version, targetOrg)),
  );
program
  .command('assign')
  .description('assign the permission sets of the installed package')
  .requiredOption('--target-org <org>', 'username or alias')
  .option('--user <username>', 'who gets them; repeat it for several', collect, [])
  .option('--scratch-org', 'the sources were deployed, not installed', false)
  .action(
    async ({ targetOrg, user, scratchOrg }: { targetOrg: string; user: string[]; scratchOrg: boolean }) =>
      report(
        await assignPermissionSets(runCli, {
          org: targetOrg,
          users: user,
          namespace: scratchOrg ? '' : NAMESPACE,
        }),
      ),
  );
await program.parseAsync();
