import { readFileSync } from 'node:fs';
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
  return described.flatMap(([file, schema]) => checkFile(project, file, schema));
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

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
