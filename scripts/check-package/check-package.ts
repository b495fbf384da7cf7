import { checkComponents } from './check-components.ts';
import { checkFields } from './check-fields.ts';
import { checkGrants } from './check-grants.ts';
import { checkIcons } from './check-icons.ts';
import { checkInstallation } from './check-installation.ts';
import { checkLabels } from './check-labels.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkProject } from './check-project.ts';
import { checkReferences } from './check-references.ts';
import { checkReportFields } from './check-report-fields.ts';
import { checkTranslations } from './check-translations.ts';
import { readMetadataTypes } from './metadata-types.ts';
import { readPackage } from './package-source.ts';
import type { Problem } from './problem.ts';

const types = readMetadataTypes();

/** Everything that can be found wrong with the package without an org, sorted by place. */
export async function checkPackage(project: string): Promise<Problem[]> {
  const source = readPackage(project);
  const problems = [
    ...source.problems,
    ...checkProject(project),
    ...checkMetadata(source, types),
    ...checkFields(source),
    ...checkGrants(source),
    ...checkLabels(source),
    ...checkIcons(source),
    ...checkTranslations(source),
    ...checkReferences(source),
    ...checkInstallation(source),
    ...(await checkComponents(source)),
    ...(await checkReportFields(source)),
  ];
  return problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
