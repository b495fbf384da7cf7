import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readSecret } from './export/2-verify.ts';
import { readSalesforceOrigin } from './salesforce/allow-origin.ts';
import type { DatabaseLocation } from './store/open-database.ts';

/** Which value names the same customer on both sides. */
export interface SharedIdentifier {
  /** `externalId`, `accountingRef`, or `customField:` and the id of a custom field in Upflow. */
  upflow: string;
  /** API name of an Account field; a field of our package may be named without its namespace. */
  salesforce: string;
}

/** One Upflow organization joined to one Salesforce org. */
export interface Connection {
  id: string;
  /** Live push secrets, newest first; more than one while a secret is being rotated. */
  pushKeys: readonly KeyObject[];
  apiTokens: readonly string[];
  salesforce: { origin: string; clientId: string; clientSecret: string };
  identifier: SharedIdentifier;
}

/** Every setting of the companion, checked once at start. */
export interface Config {
  host: string;
  port: number;
  database: DatabaseLocation;
  logLevel: string;
  pushBodyLimitInBytes: number;
  salesforceApiVersion: string;
  /** Deadline of one call to Salesforce, connection and body included. */
  salesforceTimeoutInMs: number;
  /** Where a Salesforce simulator runs on this machine; demo and tests only. */
  simulatorOrigin: string | undefined;
  /** A customer's changes are gathered until none came for this long … */
  quietInMs: number;
  /** … but for no longer than this, when they fill an API call … */
  maxWaitInMs: number;
  /** … or than this, when they do not. */
  partialWaitInMs: number;
  /** A confirmed but unchanged Account gets a new Last Synced when the last one is older than this. */
  confirmAfterInMs: number;
  stopTimeoutInMs: number;
  connections: ReadonlyMap<string, Connection>;
}

/** Thrown at start, with everything that is wrong with the settings at once. */
export class InvalidConfig extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'InvalidConfig';
    this.problems = problems;
  }
}

const wholeNumber = (fallback: number, min: number, max: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(3000, 0, 65_535),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, message: 'must be a postgresql:// address' }).optional(),
  CONNECTIONS_FILE: z.string('must name the JSON file that lists the connections'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PUSH_BODY_LIMIT_KB: wholeNumber(5120, 1, 51_200),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^\d\d\.0$/, 'must look like 66.0')
    .default('66.0'),
  SALESFORCE_TIMEOUT_SECONDS: wholeNumber(30, 1, 600),
  SALESFORCE_SIMULATOR_ORIGIN: z.url().optional(),
  EXPORT_QUIET_MS: wholeNumber(300, 0, 60_000),
  EXPORT_MAX_WAIT_MS: wholeNumber(2500, 0, 600_000),
  EXPORT_PARTIAL_WAIT_MS: wholeNumber(10_000, 0, 600_000),
  CONFIRM_AFTER_HOURS: wholeNumber(12, 1, 24 * 30),
  STOP_TIMEOUT_SECONDS: wholeNumber(10, 1, 600),
});

const connectionSchema = z.object({
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

/**
 * Reads all settings from the environment and from the file of connections.
 *
 * @throws {InvalidConfig} that lists every problem found, never a secret's value
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = withoutBlanks(environment);
  const settings = environmentSchema.safeParse(present);
  const problems = settings.success ? [] : describeIssues(settings.error);
  const connections = readConnections(
    present.CONNECTIONS_FILE,
    present.SALESFORCE_SIMULATOR_ORIGIN,
    problems,
  );
  if (!settings.success || problems.length > 0) throw new InvalidConfig(problems);

  const set = settings.data;
  return Object.freeze({
    host: set.HOST,
    port: set.PORT,
    database: set.DATABASE_URL === undefined ? { directory: set.DATA_DIR } : { url: set.DATABASE_URL },
    logLevel: set.LOG_LEVEL,
    pushBodyLimitInBytes: set.PUSH_BODY_LIMIT_KB * 1024,
    salesforceApiVersion: set.SALESFORCE_API_VERSION,
    salesforceTimeoutInMs: set.SALESFORCE_TIMEOUT_SECONDS * 1000,
    simulatorOrigin: set.SALESFORCE_SIMULATOR_ORIGIN,
    quietInMs: set.EXPORT_QUIET_MS,
    maxWaitInMs: set.EXPORT_MAX_WAIT_MS,
    partialWaitInMs: set.EXPORT_PARTIAL_WAIT_MS,
    confirmAfterInMs: set.CONFIRM_AFTER_HOURS * 3_600_000,
    stopTimeoutInMs: set.STOP_TIMEOUT_SECONDS * 1000,
    connections,
  });
}

/** Reads the file of connections; what is wrong with it is added to `problems`. */
function readConnections(
  file: string | undefined,
  simulatorOrigin: string | undefined,
  problems: string[],
): ReadonlyMap<string, Connection> {
  const connections = new Map<string, Connection>();
  if (file === undefined) return connections;
  const result = connectionsSchema.safeParse(readJson(file));
  if (!result.success) {
    problems.push(...describeIssues(result.error).map((issue) => `${file}: ${issue}`));
    return connections;
  }
  for (const [index, entry] of result.data.connections.entries()) {
    const report = (field: string, problem: string) =>
      problems.push(`${file}: connections.${index}.${field}: ${problem}`);
    if (connections.has(entry.id)) report('id', 'is used twice');
    const origin = readSalesforceOrigin(entry.salesforce.host, simulatorOrigin);
    if (origin === undefined) {
      report('salesforce.host', 'must be your My Domain host, such as acme.my.salesforce.com');
    }
    const pushKeys = entry.pushSecrets.flatMap((secret, number) => {
      try {
        return [readSecret(secret)];
      } catch (error) {
        report(`pushSecrets.${number}`, (error as Error).message);
        return [];
      }
    });
    connections.set(entry.id, {
      ...entry,
      pushKeys,
      salesforce: { ...entry.salesforce, origin: origin ?? '' },
    });
  }
  return connections;
}

/** @returns undefined when the file is missing or not JSON, which the schema then reports */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) =>
    [...(path.length > 0 ? [path.join('.')] : []), message].join(': '),
  );
}

/** A variable that is set to nothing means the same as one that is not set. */
function withoutBlanks(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}
