import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { standardFields } from './known-platform.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childOf, childrenOf, textOf } from './xml-node.ts';

const SCRATCH_ORG = 'config/scratch-org.json';
const PROJECT = 'sfdx-project.json';

/**
 * Deployed to a scratch org this set gives the whole access of an integration user. Where the package is installed, the
 * admin gives the rest, as the set's description says.
 */
const COMPLETED_BY_ADMIN = 'Upflow_Integration';

/** What a deployment takes, but a package version cannot be made of, or its installation silently leaves out. */
export function checkInstallation(source: PackageSource): Problem[] {
  return [
    ...checkFolderShares(source),
    ...filesOf(source, 'PermissionSet').flatMap(checkLeftOutGrants),
    ...checkTranslationWorkbench(source),
    ...checkApiVersions(source),
  ];
}

function checkFolderShares(source: PackageSource): Problem[] {
  const folders = [...filesOf(source, 'ReportFolder'), ...filesOf(source, 'DashboardFolder')];
  return folders.flatMap((file) =>
    childrenOf(file.root, 'folderShares').map((node) =>
      problemAt(
        file,
        node,
        'installation/folder-share',
        'An installation leaves <folderShares> out: remove it, and have the admin share the folder.',
      ),
    ),
  );
}

/** Packaged permission sets hold rights on what is in the package, and no others. */
function checkLeftOutGrants(file: MetadataFile): Problem[] {
  if (file.name === COMPLETED_BY_ADMIN) return [];
  const leftOut = [
    ...childrenOf(file.root, 'userPermissions').map((node) => ({ node, what: textOf(node, 'name') })),
    ...childrenOf(file.root, 'objectPermissions')
      .filter((node) => textOf(node, 'object') in standardFields)
      .map((node) => ({ node, what: `rights on ${textOf(node, 'object')}` })),
    ...childrenOf(file.root, 'tabSettings')
      .filter((node) => textOf(node, 'tab').startsWith('standard-'))
      .map((node) => ({ node, what: `the tab ${textOf(node, 'tab')}` })),
  ];
  return leftOut.map(({ node, what }) =>
    problemAt(
      file,
      node,
      'installation/left-out-grant',
      `An installation leaves out ${what}: remove it from ${file.name}, and say in its description what the admin adds.`,
    ),
  );
}

const scratchShape = z.object({
  settings: z.object({ languageSettings: z.object({ enableTranslationWorkbench: z.literal(true) }) }),
});

/** A version is built in an org made of the definition, which takes translations only with the workbench. */
function checkTranslationWorkbench(source: PackageSource): Problem[] {
  const isTranslated = filesOf(source, 'Translations').length > 0;
  if (!isTranslated || scratchShape.safeParse(readJson(source, SCRATCH_ORG)).success) return [];
  const message =
    'The package has translations, which an org refuses without settings.languageSettings.enableTranslationWorkbench: true.';
  return [{ file: SCRATCH_ORG, line: 0, rule: 'installation/translation-workbench', message }];
}

const projectShape = z.object({ sourceApiVersion: z.string() });

/** Components of several API versions behave differently side by side. */
function checkApiVersions(source: PackageSource): Problem[] {
  const project = projectShape.safeParse(readJson(source, PROJECT));
  if (!project.success) return [];
  const { sourceApiVersion } = project.data;
  return filesOf(source, 'LightningComponentBundle')
    .filter(({ root }) => textOf(root, 'apiVersion') !== sourceApiVersion)
    .map((file) =>
      problemAt(
        file,
        childOf(file.root, 'apiVersion') ?? null,
        'installation/api-version',
        `The <apiVersion> is not ${sourceApiVersion}, which is that of ${PROJECT}.`,
      ),
    );
}

/** Blank where the file is not there or is no JSON, which the check of the project says. */
function readJson({ project }: PackageSource, file: string): unknown {
  const path = join(project, file);
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  } catch {
    return null;
  }
}
