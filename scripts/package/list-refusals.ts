import { z } from 'zod';

const permissionSets = z.object({
  failures: z.array(z.object({ name: z.string(), message: z.string() })),
});

const componentFailure = z.object({
  componentType: z.string().nullish(),
  fullName: z.string(),
  problem: z.string(),
  lineNumber: z.union([z.string(), z.number()]).nullish(),
});

const deployment = z.object({
  details: z.object({ componentFailures: z.union([z.array(componentFailure), componentFailure]) }),
});

/** What an org refused, in its own words, of a deployment or an assignment of permission sets. */
export function listRefusals(result: unknown): string[] {
  const assigned = permissionSets.safeParse(result);
  if (assigned.success) return assigned.data.failures.map(({ name, message }) => `${name}: ${message}`);
  const deployed = deployment.safeParse(result);
  if (!deployed.success) return [];
  const failures = [deployed.data.details.componentFailures].flat();
  return failures.map(({ componentType, fullName, problem, lineNumber }) => {
    const line = lineNumber === null || lineNumber === undefined ? '' : ` line ${lineNumber}`;
    return `${componentType ?? ''} ${fullName}${line}: ${problem}`.trim();
  });
}
