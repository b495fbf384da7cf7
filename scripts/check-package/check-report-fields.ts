import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describeReportFields, REPORT_FIELDS_PAGE } from './describe-report-fields.ts';
import type { PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';

/** The page as it is kept: formatted as all pages are. */
export async function writeReportFields(source: PackageSource): Promise<string> {
  const path = join(source.project, REPORT_FIELDS_PAGE);
  const options = await resolveConfig(path, { config: join(source.project, 'config/prettier.json') });
  return format(describeReportFields(source), { ...options, filepath: path });
}

/** Whether the page of the fields says what the metadata says. */
export async function checkReportFields(source: PackageSource): Promise<Problem[]> {
  const path = join(source.project, REPORT_FIELDS_PAGE);
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (kept === (await writeReportFields(source))) return [];
  const message = 'The page does not say what the metadata says: run `npm run docs:fields`.';
  return [{ file: REPORT_FIELDS_PAGE, line: 0, rule: 'docs/drift', message }];
}
