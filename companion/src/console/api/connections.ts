import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { changeConnection } from '../../connect/change-connection.ts';
import type { ConnectionState } from '../../connect/connection.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { deleteConnection } from '../../store/forget-organization.ts';
import { connectionShape } from './connection-shape.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { showConnection, showConnections } from './view-connection.ts';

const TAG = 'Connections';
const CONNECTION = '/v1/connections/:connectionId';

const nameShape = z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters');

/** Connections themselves: made, named, paused and deleted. */
export function connectionRoutes(services: Services): ApiRoute[] {
  const { database, states, directory } = services;

  return [
    route({
      method: 'get',
      path: '/v1/connections',
      tag: TAG,
      summary: 'List the connections',
      answer: z.object({ rows: z.array(connectionShape) }),
      handle: async ({ req }) => ({ rows: await showConnections(services, req) }),
    }),
    route({
      method: 'post',
      path: '/v1/connections',
      tag: TAG,
      summary: 'Make a connection',
      body: z.object({ name: nameShape }),
      status: 201,
      answer: connectionShape,
      async handle({ body: { name }, actor, req }) {
        const id = await createConnection(services, name, actor.name);
        return showConnection(services, id, req);
      },
    }),
    route({
      method: 'get',
      path: CONNECTION,
      tag: TAG,
      summary: 'Read a connection',
      answer: connectionShape,
      handle: ({ connection, req }) => showConnection(services, connection.id, req),
    }),
    route({
      method: 'patch',
      path: CONNECTION,
      tag: TAG,
      summary: 'Rename a connection, or cap its API calls',
      body: z.object({
        name: nameShape.optional(),
        apiCallCap: z
          .int()
          .min(1)
          .max(10_000_000)
          .nullable()
          .optional()
          .meta({ description: 'Calls to Salesforce in 24 hours; null for the default' }),
      }),
      answer: connectionShape,
      async handle({ connection, body: { name, apiCallCap }, actor, req }) {
        const columns = [
          ...(name === undefined ? [] : [sql`name = ${name}`]),
          ...(apiCallCap === undefined ? [] : [sql`api_call_cap = ${apiCallCap}`]),
        ];
        if (columns.length > 0) {
          await changeConnection(services, connection.id, sql.join(columns), {
            actor: actor.name,
            action: 'connection changed',
            details: {
              ...(name === undefined ? {} : { renamed: true }),
              ...(apiCallCap === undefined ? {} : { apiCallCap }),
            },
          });
        }
        return showConnection(services, connection.id, req);
      },
    }),
    route({
      method: 'delete',
      path: CONNECTION,
      tag: TAG,
      summary: 'Delete a disconnected connection with all that is kept for it',
      status: 204,
      answer: z.undefined(),
      problems: { 409: 'It is not disconnected' },
      async handle({ connection, actor }) {
        const isDeleted = await database.db.transaction().execute(async (trx) => {
          const { rows } = await sql`
            select 1 from connection where connection_id = ${connection.id} and state = 'disconnected'
            for update`.execute(trx);
          if (rows.length === 0) return false;
          await deleteConnection(trx, connection.id);
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'connection deleted',
          });
          return true;
        });
        if (!isDeleted) throw wrongState('Disconnect it from Salesforce first.');
        directory.forget(connection.id);
        return undefined;
      },
    }),
    ...(
      [
        ['pause', 'connected', 'paused', 'Stop writing; pushes are kept'],
        ['resume', 'paused', 'connected', 'Go on after a pause'],
      ] as const
    ).map(([verb, from, to, summary]) =>
      route({
        method: 'post',
        path: `${CONNECTION}/${verb}`,
        tag: TAG,
        summary,
        answer: connectionShape,
        problems: { 409: `It is not ${from}` },
        async handle({ connection, actor, req }) {
          const wanted = { connectionId: connection.id, to: to as ConnectionState, from: [from] };
          const action = to === 'paused' ? 'connection paused' : 'connection resumed';
          const isChanged = await states.change({ ...wanted, actor: actor.name, action });
          const shown = await showConnection(services, connection.id, req);
          if (!isChanged && shown.state !== to) throw wrongState(`It is ${shown.state}, not ${from}.`);
          return shown;
        },
      }),
    ),
  ];
}

function wrongState(detail: string): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: 'wrong-state',
    title: 'The connection is in another state',
    detail,
  });
}

/** Makes a connection whose id can be read: from its name, with a few random characters where it is taken. */
async function createConnection({ database, log }: Services, name: string, actor: string): Promise<string> {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  for (let attempt = 0; ; attempt++) {
    const suffix = randomBytes(3).toString('hex');
    const id = slug !== '' && attempt === 0 ? slug : `${slug || 'connection'}-${suffix}`;
    const isMade = await database.db.transaction().execute(async (trx) => {
      const { rows } = await sql`
        insert into connection (connection_id, name) values (${id}, ${name})
        on conflict do nothing returning 1`.execute(trx);
      if (rows.length === 0) return false;
      await recordAudit(trx, { connectionId: id, actor, action: 'connection made' });
      return true;
    });
    if (!isMade) continue;
    log.info({ connectionId: id }, 'connection made');
    return id;
  }
}
