import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { readReport, type ReportDefinition } from './read-report.ts';
import { readReportType, type ReportType } from './read-report-type.ts';
import { readXml } from './read-xml.ts';
import { ReportError } from './report-error.ts';

/** A report that the package brings. */
export interface ReportFile {
  /** Its developer name, which is unique in an org. */
  name: string;
  folder: string;
  path: string;
}

const folderShape = z.looseObject({ name: z.string() });

/** The package's reports, without looking into them. */
export function listReports(packageDirectory: string): ReportFile[] {
  return globSync('reports/**/*.report-meta.xml', { cwd: packageDirectory })
    .sort()
    .map((file) => ({
      name: basename(file, '.report-meta.xml'),
      folder: readFolderLabel(packageDirectory, dirname(file)),
      path: join(packageDirectory, file),
    }));
}

/** A report with its report type. A standard report type, which is no part of the package, is refused. */
export function loadReport(
  packageDirectory: string,
  name: string,
): { definition: ReportDefinition; type: ReportType } | null {
  const file = listReports(packageDirectory).find((report) => report.name === name);
  if (file === undefined) return null;
  const definition = readReport(readFileSync(file.path, 'utf8'), name);
  const typeName = definition.reportType.replace(/__c$/, '');
  const [path] = globSync(`reportTypes/${typeName}.reportType-meta.xml`, { cwd: packageDirectory });
  if (path === undefined || typeName === definition.reportType) {
    throw new ReportError(
      `Report ${name} uses the report type ${definition.reportType}, which the package does not have.`,
    );
  }
  return { definition, type: readReportType(readFileSync(join(packageDirectory, path), 'utf8'), typeName) };
}

/** A folder's own name, or that of its directory where it has no metadata. */
function readFolderLabel(packageDirectory: string, folder: string): string {
  const [path] = globSync(`${folder}{.reportFolder-meta.xml,-meta.xml}`, { cwd: packageDirectory });
  if (path === undefined) return basename(folder);
  const xml = readFileSync(join(packageDirectory, path), 'utf8');
  return readXml(xml, 'ReportFolder', basename(folder), folderShape).name;
}
