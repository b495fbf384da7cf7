import { sql } from 'kysely';
import { z } from 'zod';
import { changeConnection } from '../../connect/change-connection.ts';
import { UPFLOW_ENVIRONMENTS, type UpflowAccess } from '../../connect/connection.ts';
import { placeOf } from '../../connect/connection-directory.ts';
import { upflowClientFor } from '../../connect/upflow-client.ts';
import type { Reason } from '../../outcome.ts';
import type { Services } from '../../services.ts';
import { UpflowCallError } from '../../upflow/call-error.ts';
import { explainUpflowError } from '../../upflow/explain-error.ts';
import { connectionShape } from './connection-shape.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { showConnection } from './view-connection.ts';

const TAG = 'Upflow';
const UPFLOW = '/v1/connections/:connectionId/upflow';

const keyShape = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters, as Upflow shows it');

/** The Upflow side of a connection. */
export function upflowRoutes(services: Services): ApiRoute[] {
  /** Undefined where Upflow accepted the credentials. */
  async function check(connectionId: string, access: UpflowAccess): Promise<UpflowCallError | undefined> {
    try {
      await upflowClientFor(services, connectionId, access).checkCredentials();
      return undefined;
    } catch (error) {
      if (error instanceof UpflowCallError) return error;
      throw error;
    }
  }

  return [
    route({
      method: 'put',
      path: UPFLOW,
      tag: TAG,
      summary: 'Set the API key and secret, once Upflow has accepted them',
      description: 'Then Upflow is read.',
      body: z.object({ environment: z.enum(UPFLOW_ENVIRONMENTS), apiKey: keyShape, apiSecret: keyShape }),
      answer: connectionShape,
      problems: { 422: 'Upflow refuses them, with the reason', 502: 'Upflow gave no answer' },
      async handle({ connection, body, actor, req }) {
        const failure = await check(connection.id, body);
        if (failure !== undefined) throw refusal(failure);
        const { environment, apiKey, apiSecret } = body;
        const place = placeOf.upflowCredentials(connection.id);
        const sealed = services.sealer.seal(JSON.stringify({ apiKey, apiSecret }), place);
        const columns = sql`upflow_environment = ${environment}, upflow_credentials = ${sealed},
          upflow_checked_at = now(), upflow_problem = null`;
        await changeConnection(services, connection.id, columns, {
          actor: actor.name,
          action: 'connected to Upflow',
          details: { environment },
        });
        await services.startSweep(connection.id);
        return showConnection(services, connection.id, req);
      },
    }),
    route({
      method: 'delete',
      path: UPFLOW,
      tag: TAG,
      summary: 'Forget the API key and secret',
      answer: connectionShape,
      async handle({ connection, actor, req }) {
        const columns = sql`upflow_environment = null, upflow_credentials = null, upflow_checked_at = null,
          upflow_problem = null`;
        await changeConnection(services, connection.id, columns, {
          actor: actor.name,
          action: 'disconnected from Upflow',
        });
        return showConnection(services, connection.id, req);
      },
    }),
    route({
      method: 'post',
      path: `${UPFLOW}/check`,
      tag: TAG,
      summary: 'Ask Upflow whether it still accepts the API key',
      answer: connectionShape,
      problems: { 409: 'There is none', 502: 'Upflow gave no answer' },
      async handle({ connection, actor, req }) {
        const failure = await check(connection.id, requireUpflow(connection.upflow));
        const isDecided = failure === undefined || isRefusal(failure);
        if (!isDecided) throw refusal(failure);
        const problem: Reason | null = failure === undefined ? null : explainUpflowError(failure);
        const columns = sql`upflow_checked_at = now(),
          upflow_problem = ${problem === null ? null : JSON.stringify(problem)}::json`;
        await changeConnection(services, connection.id, columns, {
          actor: actor.name,
          action: 'Upflow checked',
          details: problem === null ? {} : { code: problem.code },
        });
        return showConnection(services, connection.id, req);
      },
    }),
  ];
}

function requireUpflow(access: UpflowAccess | undefined): UpflowAccess {
  if (access !== undefined) return access;
  throw new ApiProblem({
    status: 409,
    code: 'no-upflow-key',
    title: 'There is no API key for Upflow',
    detail: 'Enter the API key and secret from Upflow, Settings, Apps, API first.',
  });
}

function isRefusal({ problem }: UpflowCallError): boolean {
  return problem === 'refused' || problem === 'forbidden';
}

function refusal(error: UpflowCallError): ApiProblem {
  const reason = explainUpflowError(error);
  return new ApiProblem({
    status: isRefusal(error) ? 422 : 502,
    code: reason.code,
    title: isRefusal(error) ? 'Upflow refuses the API key' : 'Upflow gave no answer',
    detail: `${reason.explanation} ${reason.action}`,
    extra: {
      reason,
      ...(isRefusal(error) ? { errors: [{ field: 'apiKey', problem: reason.explanation }] } : {}),
    },
  });
}
