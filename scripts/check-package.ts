// Checks the package without an org: `npm run check:package`.
import { fileURLToPath } from 'node:url';
import { analyzeCode } from './check-package/analyze-code.ts';
import { checkPackage } from './check-package/check-package.ts';
import { formatProblem } from './check-package/problem.ts';

const project = fileURLToPath(new URL('../', import.meta.url));
const problems = [...(await checkPackage(project)), ...(await analyzeCode(project))];
for (const problem of problems) console.error(formatProblem(problem));
console.log(problems.length === 0 ? 'The package is sound.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
