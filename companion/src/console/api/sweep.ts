import { z } from 'zod';
import type { Connection } from '../../connect/connection.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { findSweep, setSweep, SWEEP_PHASES, wantSweep } from '../../store/sweeps.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape, reasonShape } from './shapes.ts';

const TAG = 'Upflow';
const SWEEP = '/v1/connections/:connectionId/sweep';

const settingsShape = {
  isOn: z.boolean().meta({ description: 'Whether Upflow is looked at every ten minutes' }),
  intervalHours: z
    .int()
    .min(1)
    .max(168)
    .meta({ description: 'Hours between two whole passes, which read invoices and payments too' }),
};

const sweepShape = z.object({
  ...settingsShape,
  state: z.enum(['never', 'running', 'done', 'failed']),
  whole: z.boolean(),
  phase: z.enum(SWEEP_PHASES).nullable(),
  read: z.int(),
  total: z.int().nullable(),
  changed: z.int().meta({ description: 'Customers that the pass entered, because they had changed' }),
  startedAt: momentShape.nullable(),
  endedAt: momentShape.nullable(),
  reason: reasonShape.nullable(),
  lastWholeAt: momentShape.nullable(),
});

/** What holds until somebody sets it otherwise. */
const UNSET = {
  isOn: true,
  intervalHours: 6,
  state: 'never' as const,
  whole: false,
  phase: null,
  read: 0,
  total: null,
  changed: 0,
  startedAt: null,
  endedAt: null,
  reason: null,
  lastWholeAt: null,
};

/** Reading Upflow's API regularly: how it is set, how it goes, and doing it now. */
export function sweepRoutes({ database: { db }, startSweep }: Services): ApiRoute[] {
  const show = async (connectionId: string) => (await findSweep(db, connectionId)) ?? UNSET;
  return [
    route({
      method: 'get',
      path: SWEEP,
      tag: TAG,
      summary: 'How Upflow is read, and how far it is',
      answer: sweepShape,
      handle: ({ connection }) => show(connection.id),
    }),
    route({
      method: 'put',
      path: SWEEP,
      tag: TAG,
      summary: 'Set how often Upflow is read',
      body: z.object(settingsShape),
      answer: sweepShape,
      async handle({ connection, body, actor }) {
        await db.transaction().execute(async (trx) => {
          await setSweep(trx, connection.id, body);
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'reading of Upflow set',
            details: body,
          });
        });
        return show(connection.id);
      },
    }),
    route({
      method: 'post',
      path: SWEEP,
      tag: TAG,
      summary: 'Read all of Upflow now',
      description: 'In the background. What is running already is not begun twice.',
      status: 202,
      answer: sweepShape,
      problems: { 409: 'There is no API key' },
      async handle({ connection, actor }) {
        requireKey(connection);
        await db.transaction().execute(async (trx) => {
          await wantSweep(trx, connection.id);
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'read of Upflow asked for',
          });
        });
        await startSweep(connection.id);
        return show(connection.id);
      },
    }),
  ];
}

function requireKey({ upflow }: Connection): void {
  if (upflow !== undefined) return;
  throw new ApiProblem({
    status: 409,
    code: 'no-upflow-key',
    title: 'There is no API key of Upflow',
    detail: 'Enter the key and secret of the API on the Upflow page first.',
  });
}
