import { z } from 'zod';
import { CONNECTION_STATES, type Connection } from '../../connect/connection.ts';
import type { Services } from '../../services.ts';
import { readLastActivity } from '../../store/activity.ts';
import { readHold } from '../../store/connections.ts';
import { readDatabaseFacts, readLag, readThroughput } from '../../store/health.ts';
import { listAudits, readDriftSetting } from '../../store/drift-audits.ts';
import { readTaskRuns } from '../../store/task-runs.ts';
import { VERSION } from '../../version.ts';
import { findDatabaseProblems } from '../../watch/find-database-problems.ts';
import { planSchedule } from '../../watch/plan-schedule.ts';
import { route, type ApiRoute } from './route.ts';
import { momentShape, reasonShape } from './shapes.ts';

/** Batches that are shown. */
const LAST_RUNS = 10;

/** The calls that a connection made and may make, as `GET …/budget` answers it. */
export type ReadBudget = (connection: Connection) => Promise<unknown>;

/**
 * How a connection and this companion do.
 *
 * @param readBudget without it, the answer has no `budget`
 */
export function healthRoutes({ database }: Services, readBudget?: ReadBudget): ApiRoute[] {
  const { db, kind } = database;
  const startedAt = new Date(Date.now() - process.uptime() * 1000);
  return [
    route({
      method: 'get',
      path: '/v1/connections/:connectionId/health',
      tag: 'Health',
      summary: 'Ask how the connection does',
      answer: z.object({
        state: z.enum(CONNECTION_STATES),
        stateReason: reasonShape.nullable(),
        hold: z
          .object({ until: momentShape, reason: reasonShape })
          .nullable()
          .meta({ description: 'Until when no call to Salesforce is made after failed ones' }),
        lagSeconds: z.number().meta({ description: 'Age of the change that waits longest; 0 for none' }),
        backlog: z.int().meta({ description: 'Customers and pushes that wait' }),
        perMinute: z.array(z.object({ at: momentShape, written: z.int() })),
        budget: z.unknown().optional(),
        schedule: z.array(
          z.object({
            name: z.string(),
            every: z.string(),
            lastAt: momentShape.nullable(),
            nextAt: momentShape,
            lastResult: z.string().nullable(),
          }),
        ),
        lastRuns: z.array(
          z.object({ at: momentShape, customers: z.int(), counts: z.record(z.string(), z.int()) }),
        ),
        database: z.object({
          kind: z.enum(['postgres', 'pglite']),
          sizeBytes: z.number(),
          version: z.string(),
          problems: z.array(reasonShape),
        }),
        process: z.object({ startedAt: momentShape, version: z.string() }),
      }),
      async handle({ connection }) {
        const asked = performance.now();
        const facts = await readDatabaseFacts(db);
        const answeredInMs = performance.now() - asked;
        const batches = await readLastActivity(db, connection.id, 'batch', LAST_RUNS);
        return {
          state: connection.state,
          stateReason: connection.stateReason,
          hold: (await readHold(db, connection.id)) ?? null,
          ...(await readLag(db, connection.id)),
          perMinute: await readThroughput(db, connection.id),
          ...(readBudget === undefined ? {} : { budget: await readBudget(connection) }),
          schedule: planSchedule(
            await readTaskRuns(db),
            {
              lastBatch: batches[0],
              drift: await readDriftSetting(db, connection.id),
              lastAudit: (await listAudits(db, connection.id, 1))[0],
            },
            new Date(),
          ),
          lastRuns: batches.map(({ at, data }) => ({ at, ...batchShape.parse(data) })),
          database: {
            kind,
            sizeBytes: facts.sizeBytes,
            version: facts.version,
            problems: findDatabaseProblems(kind, facts, answeredInMs),
          },
          process: { startedAt, version: VERSION },
        };
      },
    }),
  ];
}

const batchShape = z.object({ customers: z.int(), counts: z.record(z.string(), z.int()) });
