import type { Services } from '../services.ts';
import { openUpflowClient, type UpflowClient } from '../upflow/api-client.ts';
import { shareTurns } from '../upflow/take-turns.ts';
import type { UpflowAccess } from './connection.ts';

/** A client of Upflow's API for a connection; all of its clients, in all processes, keep Upflow's limits together. */
export function upflowClientFor(
  { config, database: { db } }: Pick<Services, 'config' | 'database'>,
  connectionId: string,
  access: UpflowAccess,
): UpflowClient {
  const timeoutInMs = config.salesforceTimeoutInMs;
  return openUpflowClient(access, {
    timeoutInMs,
    turns: shareTurns(db, connectionId, { timeoutInMs, callsPerMinute: config.upflowCallsPerMinute }),
    simulatorOrigin: config.upflowSimulatorOrigin,
  });
}
