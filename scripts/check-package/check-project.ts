import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { z } from 'zod';
import type { Problem } from './problem.ts';

const require = createRequire(import.meta.url);

/** The files that describe the project to Salesforce's tools, with the published schema of each. */
const described: [file: string, schema: string][] = [
  ['sfdx-project.json', '@salesforce/schemas/sfdx-project.schema.json'],
  ['config/scratch-org.json', '@salesforce/schemas/project-scratch-def.schema.json'],
];

/** Holds the project file and the scratch-org definition against their schemas. */
export function checkProject(project: string): Problem[] {
  return [...described.flatMap(([file, schema]) => checkFile(project, file, schema)), ...checkBuild(project)];
}

function checkFile(project: string, file: string, schemaPath: string): Problem[] {
  const problem = (message: string): Problem => ({ file, line: 0, rule: 'project/schema', message });
  const content = parse(readFileSync(join(project, file), 'utf8'));
  if (content === null) return [problem('It is no JSON.')];
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
  const validate = ajv.compile(require(schemaPath) as AnySchema);
  if (validate(content.value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) => {
    const extra = z.object({ additionalProperty: z.string() }).safeParse(params);
    return problem(
      `${instancePath || '/'} ${message}${extra.success ? `: ${extra.data.additionalProperty}` : ''}`,
    );
  });
}

const buildShape = z.object({
  namespace: z.string(),
  packageDirectories: z.array(z.object({ versionNumber: z.string() })),
  replacements: z.array(z.object({ filename: z.string(), stringToReplace: z.string() })),
});

/** What the build of a version needs, and the schema takes in any form. */
function checkBuild(project: string): Problem[] {
  const file = 'sfdx-project.json';
  const content = buildShape.safeParse(parse(readFileSync(join(project, file), 'utf8'))?.value);
  if (!content.success) return [];
  const { namespace, packageDirectories, replacements } = content.data;
  const wrong: [boolean, string, string][] = [
    [
      !/^[a-z](?!\w*__)\w{0,14}(?<!_)$/i.test(namespace),
      'project/namespace',
      `${namespace} is no namespace: 1 to 15 letters, digits and single underscores.`,
    ],
    ...packageDirectories.map(({ versionNumber }): [boolean, string, string] => [
      !/^\d+\.\d+\.\d+\.NEXT$/.test(versionNumber),
      'project/version',
      `The version ${versionNumber} is not of the form 1.2.3.NEXT.`,
    ]),
    ...replacements.map(({ filename, stringToReplace }): [boolean, string, string] => [
      !holds(join(project, filename), stringToReplace),
      'project/replacement',
      `${filename} does not hold ${stringToReplace}, which the build should fill in.`,
    ]),
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, rule, message]) => ({ file, line: 0, rule, message }));
}

const holds = (path: string, text: string): boolean =>
  existsSync(path) && readFileSync(path, 'utf8').includes(text);

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
