import { z } from 'zod';
import {
  describeIssues,
  readConnectionsFile,
  type ProvisionedConnection,
} from './connect/read-connections-file.ts';
import { readSealingKeys, type SealingKey } from './connect/seal.ts';
import {
  readSignInSettings,
  signInEnvironment,
  type SignInSettings,
} from './console/sign-in/sign-in-settings.ts';
import type { DatabaseLocation } from './store/open-database.ts';

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
  /** The operator's packaged app, for connections that bring none of their own. */
  salesforceApp: { clientId: string; clientSecret: string | undefined } | undefined;
  /** Where an Upflow simulator runs on this machine; demo and tests only. */
  upflowSimulatorOrigin: string | undefined;
  /** Calls to Upflow's API in a minute that a connection may make, over all processes. */
  upflowCallsPerMinute: number;
  /** A customer's changes are gathered until none came for this long … */
  quietInMs: number;
  /** … but for no longer than this, when they fill an API call … */
  maxWaitInMs: number;
  /** … or than this, when they do not. */
  partialWaitInMs: number;
  /** When more Accounts than `above` are to be written, a batch takes as many `customers` and goes by a bulk job. */
  bulk: { above: number; customers: number };
  /** A confirmed but unchanged Account gets a new Last Synced when the last one is older than this. */
  confirmAfterInMs: number;
  /** Days for which the bodies of pushes are kept; what became of them is known for longer. */
  pushRetentionInDays: number;
  /** Of an org's API calls in 24 hours, how many a connection may make where its admin set no cap. */
  apiCallSharePercent: number;
  stopTimeoutInMs: number;
  /** Keys for what is encrypted in the database, the current one first; none where the data directory keeps one. */
  sealingKeys: readonly SealingKey[];
  /** Where browsers and Upflow reach the companion; its own address where nothing is said. */
  publicUrl: string | undefined;
  /** The server that alerts go out through by mail, and whom they come from; undefined where no mail is sent. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** Lets webhooks go to private addresses, to any port, and without TLS. */
  alertWebhookAllowPrivate: boolean;
  signIn: SignInSettings;
  /** Created at start where they are missing; connections live in the database. */
  provisioned: readonly ProvisionedConnection[];
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
  CONNECTIONS_FILE: z.string().optional(),
  ENCRYPTION_KEYS: z.string().transform(readKeys).optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      message: 'must be the http(s) address that browsers reach the companion at',
    })
    .transform((address) => new URL(address).origin)
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PUSH_BODY_LIMIT_KB: wholeNumber(5120, 1, 51_200),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^\d\d\.0$/, 'must look like 66.0')
    .default('66.0'),
  SALESFORCE_TIMEOUT_SECONDS: wholeNumber(30, 1, 600),
  SALESFORCE_SIMULATOR_ORIGIN: z.url().optional(),
  SALESFORCE_CLIENT_ID: z.string().optional(),
  SALESFORCE_CLIENT_SECRET: z.string().optional(),
  UPFLOW_SIMULATOR_ORIGIN: z.url().optional(),
  // Upflow takes 600: https://docs.upflow.io/en-us/technical-documentation/api/integrating-with-the-upflow-api
  UPFLOW_CALLS_PER_MINUTE: wholeNumber(600, 10, 600),
  EXPORT_QUIET_MS: wholeNumber(300, 0, 60_000),
  EXPORT_MAX_WAIT_MS: wholeNumber(2500, 0, 600_000),
  EXPORT_PARTIAL_WAIT_MS: wholeNumber(10_000, 0, 600_000),
  EXPORT_BULK_ABOVE: wholeNumber(2000, 0, 1_000_000_000),
  EXPORT_BULK_CUSTOMERS: wholeNumber(10_000, 1, 100_000),
  CONFIRM_AFTER_HOURS: wholeNumber(12, 1, 24 * 30),
  PUSH_RETENTION_DAYS: wholeNumber(30, 1, 30),
  API_CALL_SHARE_PERCENT: wholeNumber(20, 1, 100),
  SMTP_URL: z.url({ protocol: /^smtps?$/, message: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z.email('must be a mail address').optional(),
  ALERT_WEBHOOK_ALLOW_PRIVATE: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
  STOP_TIMEOUT_SECONDS: wholeNumber(10, 1, 600),
  ...signInEnvironment,
});

function readKeys(list: string, context: z.RefinementCtx): SealingKey[] {
  try {
    return readSealingKeys(list);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
}

/**
 * Reads all settings from the environment and from the file of connections.
 *
 * @throws {InvalidConfig} that lists every problem found, never a secret's value
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = withoutBlanks(environment);
  const settings = environmentSchema.safeParse(present);
  const problems = settings.success ? [] : describeIssues(settings.error);
  const provisioned = readConnectionsFile(
    present.CONNECTIONS_FILE,
    present.SALESFORCE_SIMULATOR_ORIGIN,
    problems,
  );
  if (settings.data?.DATABASE_URL !== undefined && settings.data.ENCRYPTION_KEYS === undefined) {
    problems.push('ENCRYPTION_KEYS: is needed with DATABASE_URL, so that all processes share the same keys');
  }
  if ((settings.data?.SMTP_URL === undefined) !== (settings.data?.MAIL_FROM === undefined)) {
    problems.push('SMTP_URL, MAIL_FROM: are needed together to send mail');
  }
  const signIn = settings.success ? readSignInSettings(settings.data, problems) : undefined;
  if (!settings.success || signIn === undefined || problems.length > 0) throw new InvalidConfig(problems);

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
    salesforceApp:
      set.SALESFORCE_CLIENT_ID === undefined
        ? undefined
        : { clientId: set.SALESFORCE_CLIENT_ID, clientSecret: set.SALESFORCE_CLIENT_SECRET },
    upflowSimulatorOrigin: set.UPFLOW_SIMULATOR_ORIGIN,
    upflowCallsPerMinute: set.UPFLOW_CALLS_PER_MINUTE,
    quietInMs: set.EXPORT_QUIET_MS,
    maxWaitInMs: set.EXPORT_MAX_WAIT_MS,
    partialWaitInMs: set.EXPORT_PARTIAL_WAIT_MS,
    bulk: { above: set.EXPORT_BULK_ABOVE, customers: set.EXPORT_BULK_CUSTOMERS },
    confirmAfterInMs: set.CONFIRM_AFTER_HOURS * 3_600_000,
    pushRetentionInDays: set.PUSH_RETENTION_DAYS,
    apiCallSharePercent: set.API_CALL_SHARE_PERCENT,
    stopTimeoutInMs: set.STOP_TIMEOUT_SECONDS * 1000,
    sealingKeys: set.ENCRYPTION_KEYS ?? [],
    publicUrl: set.PUBLIC_URL,
    mail:
      set.SMTP_URL === undefined || set.MAIL_FROM === undefined
        ? undefined
        : { smtpUrl: set.SMTP_URL, from: set.MAIL_FROM },
    alertWebhookAllowPrivate: set.ALERT_WEBHOOK_ALLOW_PRIVATE,
    signIn,
    provisioned,
  });
}

/** A variable that is set to nothing means the same as one that is not set. */
function withoutBlanks(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}
