import { randomBytes } from 'node:crypto';
import type { Config } from '../../src/config.ts';
import type { TestDatabase } from './create-test-database.ts';

/** Settings for a companion in a test: a free port, its own database, quick to write. */
export function makeConfig({ location }: TestDatabase, settings: Partial<Config> = {}): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    database: location,
    logLevel: 'info',
    pushBodyLimitInBytes: 5 * 1024 * 1024,
    salesforceApiVersion: '66.0',
    salesforceTimeoutInMs: 5000,
    simulatorOrigin: undefined,
    salesforceApp: undefined,
    upflowSimulatorOrigin: undefined,
    upflowCallsPerMinute: 60_000,
    quietInMs: 20,
    maxWaitInMs: 1000,
    partialWaitInMs: 1000,
    bulk: { above: 2000, customers: 10_000 },
    confirmAfterInMs: 12 * 3_600_000,
    pushRetentionInDays: 30,
    apiCallSharePercent: 20,
    stopTimeoutInMs: 2000,
    sealingKeys: [{ name: 'test', key: randomBytes(32) }],
    publicUrl: undefined,
    mail: undefined,
    alertWebhookAllowPrivate: false,
    signIn: {
      links: true,
      idleInMs: 30 * 60_000,
      lifetimeInMs: 12 * 3_600_000,
      openIdConnect: undefined,
      trustedProxies: 0,
      callsPerMinute: 1_000_000,
    },
    provisioned: [],
    ...settings,
  };
}
