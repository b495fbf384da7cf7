import { checkBuilderOptions } from './check-builder-options.ts';
import { checkComponents } from './check-components.ts';
import { checkDashboardGrid } from './check-dashboard-grid.ts';
import { checkFieldTranslations } from './check-field-translations.ts';
import { checkFields } from './check-fields.ts';
import { checkFiles } from './check-files.ts';
import { checkGrants } from './check-grants.ts';
import { checkIcons } from './check-icons.ts';
import { checkInstallation } from './check-installation.ts';
import { checkLabels } from './check-labels.ts';
import { checkLimits } from './check-limits.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkProject } from './check-project.ts';
import { checkReferences } from './check-references.ts';
import { checkReportContents } from './check-report-contents.ts';
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
    ...checkFiles(source),
    ...checkMetadata(source, types),
    ...checkLimits(source),
    ...checkFields(source),
    ...checkGrants(source),
    ...checkLabels(source),
    ...checkIcons(source),
    ...checkTranslations(source),
    ...checkFieldTranslations(source),
    ...checkReferences(source),
    ...checkReportContents(source),
    ...checkDashboardGrid(source),
    ...checkBuilderOptions(source),
    ...checkInstallation(source),
    ...(await checkComponents(source)),
    ...(await checkReportFields(source)),
  ];
  return problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
