// Checks the package without an org: `npm run check:package`.
import { fileURLToPath } from 'node:url';
import { checkPackage } from './check-package/check-package.ts';
import { formatProblem } from './check-package/problem.ts';

const problems = await checkPackage(fileURLToPath(new URL('../', import.meta.url)));
for (const problem of problems) console.error(formatProblem(problem));
console.log(problems.length === 0 ? 'The package is sound.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
