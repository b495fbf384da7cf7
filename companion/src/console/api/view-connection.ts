import type { Request } from 'express';
import type { Connection } from '../../connect/connection.ts';
import { placeOf } from '../../connect/connection-directory.ts';
import type { Services } from '../../services.ts';
import { readConnectionDetails, type ConnectionDetails } from '../../store/connection-details.ts';
import { findSweep } from '../../store/sweeps.ts';
import type { ConnectionView } from './connection-shape.ts';

/** Characters of a secret by which its owner recognizes it. */
const HINT_LENGTH = 4;

/** The address at which browsers and Upflow reach the companion, without a path. */
export function publicUrlOf({ config }: Pick<Services, 'config'>, req: Request): string {
  return config.publicUrl ?? `http://${config.host}:${req.socket.localPort}`;
}

/** A connection as it is shown after a change: read anew. */
export async function showConnection(services: Services, id: string, req: Request): Promise<ConnectionView> {
  services.directory.forget(id);
  const connection = await services.directory.find(id);
  const details = await readConnectionDetails(services.database.db, id);
  const known = details.get(id);
  if (connection === undefined || known === undefined) throw new Error(`connection ${id} is gone`);
  return view(services, connection, known, publicUrlOf(services, req));
}

/** All connections as they are shown. */
export async function showConnections(services: Services, req: Request): Promise<ConnectionView[]> {
  const details = await readConnectionDetails(services.database.db, undefined);
  const connections = await services.directory.list();
  const views = connections.flatMap((connection) => {
    const known = details.get(connection.id);
    return known === undefined ? [] : view(services, connection, known, publicUrlOf(services, req));
  });
  return Promise.all(views);
}

async function view(
  services: Services,
  connection: Connection,
  details: ConnectionDetails,
  publicUrl: string,
): Promise<ConnectionView> {
  const { id, name, state, stateSince, createdAt, exporting, organizationId, apiCallCap } = connection;
  return {
    id,
    name,
    state,
    stateReason: connection.stateReason ?? details.holdReason,
    stateSince,
    createdAt,
    exporting,
    organizationId,
    upflow: await viewUpflow(services, connection, details),
    pushUrl: `${publicUrl}/v1/connections/${id}/pushes`,
    pushSecrets: details.pushSecrets.map(({ sealed, ...secret }) => ({
      ...secret,
      hint: services.sealer.open(sealed, placeOf.pushSecret(id)).slice(-HINT_LENGTH),
    })),
    apiTokens: details.apiTokens,
    salesforce: viewSalesforce(connection, details),
    identifier: connection.identifier ?? null,
    apiCallCap,
    steps: listSteps(connection, details),
  };
}

async function viewUpflow(
  { database: { db } }: Services,
  { id, upflow }: Connection,
  { upflowCheckedAt, upflowProblem }: ConnectionDetails,
): Promise<ConnectionView['upflow']> {
  if (upflow === undefined) return null;
  return {
    environment: upflow.environment,
    apiKey: upflow.apiKey.slice(-HINT_LENGTH),
    checkedAt: upflowCheckedAt,
    state: upflowProblem === null ? 'ok' : 'refused',
    reason: upflowProblem,
    read: (await findSweep(db, id)) ?? null,
  };
}

function viewSalesforce(
  { salesforce }: Connection,
  { instanceOrigin, connectedAt, connectedBy }: ConnectionDetails,
): ConnectionView['salesforce'] {
  if (salesforce === undefined) return null;
  const { origin, app, userId, username } = salesforce;
  return {
    flow: app.flow,
    origin,
    instanceOrigin,
    clientId: app.clientId,
    userId,
    username,
    connectedAt,
    connectedBy,
  };
}

/** What is done on the way from a new connection to figures in Salesforce, and what comes next. */
function listSteps(
  { upflow, state, identifier, exporting }: Connection,
  { upflowProblem, permissionsOk }: ConnectionDetails,
): ConnectionView['steps'] {
  const isSignedIn = state === 'connected' || state === 'paused';
  const done = {
    upflow: upflow !== undefined && upflowProblem === null,
    salesforce: isSignedIn,
    // Who exports already has shown that the permissions suffice.
    permissions: isSignedIn && (permissionsOk ?? exporting),
    identifier: identifier !== undefined,
    export: exporting,
  };
  const next = Object.entries(done).find(([, isDone]) => !isDone)?.[0];
  const stepOf = (name: keyof typeof done) => (done[name] ? 'done' : name === next ? 'next' : 'todo');
  return {
    upflow: stepOf('upflow'),
    salesforce: stepOf('salesforce'),
    permissions: stepOf('permissions'),
    identifier: stepOf('identifier'),
    export: stepOf('export'),
  };
}
