import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readSecret } from '../export/2-verify.ts';
import { readSalesforceOrigin } from '../salesforce/allow-origin.ts';
import type { SharedIdentifier } from './connection.ts';

/** A connection as the file of connections lists it. */
export interface ProvisionedConnection {
  id: string;
  name: string;
  /** `whsec_…` */
  pushSecrets: readonly string[];
  apiTokens: readonly string[];
  salesforce: { origin: string; clientId: string; clientSecret: string };
  identifier: SharedIdentifier;
}

const connectionSchema = z.object({
  name: z.string().min(1).max(100).optional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens'),
  pushSecrets: z.array(z.string()).min(1, 'needs at least one secret'),
  apiTokens: z.array(z.string().min(16, 'must have at least 16 characters')).default([]),
  salesforce: z.object({
    host: z.string().min(1),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
  }),
  identifier: z.object({
    upflow: z
      .string()
      .regex(
        /^(externalId|accountingRef|customField:.+)$/,
        'must be externalId, accountingRef or customField:<id>',
      ),
    salesforce: z.string().regex(/^\w{1,80}$/, 'must be the API name of an Account field'),
  }),
});
const connectionsSchema = z.object(
  { connections: z.array(connectionSchema).min(1, 'lists no connection') },
  'cannot be read as a JSON object with a list "connections"',
);

/** Reads the file of connections; what is wrong with it is added to `problems`. */
export function readConnectionsFile(
  file: string | undefined,
  simulatorOrigin: string | undefined,
  problems: string[],
): ProvisionedConnection[] {
  if (file === undefined) return [];
  const result = connectionsSchema.safeParse(readJson(file));
  if (!result.success) {
    problems.push(...describeIssues(result.error).map((issue) => `${file}: ${issue}`));
    return [];
  }
  const seen = new Set<string>();
  return result.data.connections.map(({ salesforce, name, ...entry }, index) => {
    const report = (field: string, problem: string) =>
      problems.push(`${file}: connections.${index}.${field}: ${problem}`);
    if (seen.has(entry.id)) report('id', 'is used twice');
    seen.add(entry.id);
    const origin = readSalesforceOrigin(salesforce.host, simulatorOrigin);
    if (origin === undefined) {
      report('salesforce.host', 'must be your My Domain host, such as acme.my.salesforce.com');
    }
    for (const [number, secret] of entry.pushSecrets.entries()) {
      try {
        readSecret(secret);
      } catch (error) {
        report(`pushSecrets.${number}`, (error as Error).message);
      }
    }
    const { clientId, clientSecret } = salesforce;
    return { ...entry, name: name ?? entry.id, salesforce: { origin: origin ?? '', clientId, clientSecret } };
  });
}

/** @returns undefined when the file is missing or not JSON, which the schema then reports */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** What a schema found wrong, a sentence each, by the name of the field. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) =>
    [...(path.length > 0 ? [path.join('.')] : []), message].join(': '),
  );
}
