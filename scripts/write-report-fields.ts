// Writes docs/report-fields.md from the metadata of the package: `npm run docs:fields`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeReportFields } from './check-package/check-report-fields.ts';
import { REPORT_FIELDS_PAGE } from './check-package/describe-report-fields.ts';
import { readPackage } from './check-package/package-source.ts';

const project = fileURLToPath(new URL('../', import.meta.url));
writeFileSync(join(project, REPORT_FIELDS_PAGE), await writeReportFields(readPackage(project)));
