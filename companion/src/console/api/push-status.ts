import { z } from 'zod';
import { isPushId } from '../../export/2-verify.ts';
import { summarizeOutcomes } from '../../outcome.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { explainWaiting } from '../../connect/explain-waiting.ts';
import { retryPush } from '../../store/customers.ts';
import { findPush } from '../../store/pushes.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape, outcomeShape, reasonShape } from './shapes.ts';

const TAG = 'Pushes';
const PUSH = '/v1/connections/:connectionId/pushes/:pushId';

/** What became of a push, and trying it again. */
export function pushStatusRoutes({ database: { db }, kick }: Services): ApiRoute[] {
  async function requirePush(connectionId: string, pushId: string) {
    const push = isPushId(pushId) ? await findPush(db, connectionId, pushId) : undefined;
    if (push === undefined) throw unknownPush(pushId);
    return push;
  }

  return [
    route({
      method: 'get',
      path: PUSH,
      tag: TAG,
      summary: 'Ask what became of a push',
      params: z.object({ pushId: z.string() }),
      answer: z.object({
        id: z.string(),
        connectionId: z.string(),
        type: z.string(),
        timestamp: momentShape,
        receivedAt: momentShape,
        outcome: outcomeShape,
        waiting: z.object({ until: momentShape.nullable(), reason: reasonShape }).optional(),
        customers: z.array(
          z.object({
            customerId: z.string().nullable(),
            outcome: outcomeShape,
            accountId: z.string().nullable(),
            reason: reasonShape.nullable(),
            endedAt: momentShape.nullable(),
          }),
        ),
      }),
      problems: { 404: 'Unknown connection or push' },
      async handle({ connection, params: { pushId } }) {
        const { effects, sentAt, type, receivedAt } = await requirePush(connection.id, pushId);
        const outcome = summarizeOutcomes(effects.map((effect) => effect.outcome));
        const hold = outcome === undefined ? await explainWaiting(db, connection.id) : undefined;
        return {
          id: pushId,
          connectionId: connection.id,
          type,
          timestamp: sentAt,
          receivedAt,
          outcome: outcome ?? ('pending' as const),
          ...(hold === undefined ? {} : { waiting: hold }),
          customers: effects.map((effect) => ({
            customerId: effect.customerId === '' ? null : effect.customerId,
            outcome: effect.outcome ?? ('pending' as const),
            accountId: effect.accountId,
            reason: effect.reason,
            endedAt: effect.endedAt,
          })),
        };
      },
    }),
    route({
      method: 'post',
      path: `${PUSH}/retry`,
      tag: TAG,
      summary: 'Try again what waits for a person',
      params: z.object({ pushId: z.string() }),
      status: 202,
      answer: z.object({ id: z.string(), customers: z.int() }),
      problems: { 404: 'Unknown connection or push' },
      async handle({ connection, params: { pushId }, actor }) {
        await requirePush(connection.id, pushId);
        const customers = await db.transaction().execute(async (trx) => {
          const retried = await retryPush(trx, connection.id, pushId, actor.name);
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'push retried',
            subject: pushId,
            details: { customers: retried },
          });
          return retried;
        });
        kick(connection.id);
        return { id: pushId, customers };
      },
    }),
  ];
}

function unknownPush(pushId: string): ApiProblem {
  return new ApiProblem({
    status: 404,
    code: 'unknown-push',
    title: 'There is no such push',
    detail: `No push with the id ${pushId} was accepted for this connection within the last 30 days.`,
  });
}
