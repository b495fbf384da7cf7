import { z } from 'zod';
import { changeConnection } from '../../connect/change-connection.ts';
import type { SalesforceApp } from '../../connect/connection.ts';
import { APPROVALS_PER_USER, countApprovals } from '../../connect/count-approvals.ts';
import { disconnect } from '../../connect/end-connection.ts';
import { saveSalesforce } from '../../connect/save-salesforce.ts';
import { signInNow } from '../../connect/sign-in-now.ts';
import type { Config } from '../../config.ts';
import { readDomain } from '../../salesforce/read-domain.ts';
import { readPrivateKey } from '../../salesforce/sign-assertion.ts';
import type { Services } from '../../services.ts';
import { listApprovals } from '../../store/approvals.ts';
import { connectionShape } from './connection-shape.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { requireSalesforce, salesforceProblem } from './salesforce-problem.ts';
import { showConnection } from './view-connection.ts';

const TAG = 'Salesforce';
const CONNECTION = '/v1/connections/:connectionId';

const text = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);
const domainShape = z
  .string()
  .max(2000)
  .meta({ description: 'My Domain name, host or pasted address of the org; or `login` or `test`' });
const keyShape = text(20_000).superRefine((pem, context) => {
  try {
    readPrivateKey(pem);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const salesforceShape = z.discriminatedUnion('flow', [
  z.object({
    flow: z.literal('web-server'),
    domain: domainShape,
    clientId: text(500).optional().meta({ description: "Without one, the operator's packaged app is used" }),
    clientSecret: text(500).optional(),
  }),
  z.object({
    flow: z.literal('jwt-bearer'),
    domain: domainShape,
    clientId: text(500),
    username: text(255),
    privateKey: keyShape,
  }),
  z.object({
    flow: z.literal('client-credentials'),
    domain: domainShape,
    clientId: text(500),
    clientSecret: text(500),
  }),
]);

/** The Salesforce side of a connection, but for a user's approval. */
export function salesforceRoutes(services: Services): ApiRoute[] {
  const { config } = services;
  return [
    route({
      method: 'put',
      path: `${CONNECTION}/salesforce`,
      tag: TAG,
      summary: 'Say how to sign in to Salesforce',
      description: 'Nothing is contacted yet. An approval stays where the app is the same.',
      body: salesforceShape,
      answer: connectionShape,
      async handle({ connection, body, actor, req }) {
        const domain = readDomain(body.domain, config.simulatorOrigin);
        if ('problem' in domain) throw badField('domain', domain.problem);
        const app = readApp(body, domain.origin, config);
        await saveSalesforce(services, connection, { origin: domain.origin, app }, actor.name);
        return showConnection(services, connection.id, req);
      },
    }),
    route({
      method: 'post',
      path: `${CONNECTION}/salesforce/connect`,
      tag: TAG,
      summary: 'Sign in to Salesforce now',
      description: 'As the integration user, or with the approval that a user gave before.',
      answer: connectionShape,
      problems: {
        409: 'A user has to approve the app first',
        422: 'Salesforce refuses, with the reason',
        502: 'Salesforce gave no usable answer',
      },
      async handle({ connection, actor, req }) {
        try {
          await signInNow(services, requireSalesforce(connection), actor.name);
        } catch (error) {
          throw salesforceProblem(error);
        }
        const entry = { actor: actor.name, action: 'signed in to Salesforce' };
        await changeConnection(services, connection.id, undefined, entry);
        return showConnection(services, connection.id, req);
      },
    }),
    route({
      method: 'get',
      path: `${CONNECTION}/salesforce/approvals`,
      tag: TAG,
      summary: "Count the users' approvals of this connection's app",
      description: 'Salesforce keeps five of one user and app: a sixth ends the oldest.',
      answer: z.object({
        rows: z.array(
          z.object({
            username: z.string().nullable(),
            userId: z.string(),
            count: z.int(),
            connections: z.array(z.object({ id: z.string(), name: z.string() })),
          }),
        ),
        limit: z.int(),
      }),
      async handle({ connection, actor }) {
        const { salesforce, organizationId } = connection;
        const groups = countApprovals(await listApprovals(services.database.db)).filter(
          (group) =>
            group.clientId === salesforce?.app.clientId &&
            (organizationId === null || group.organizationId === organizationId) &&
            // Whoever may touch one connection only is not told of users that others signed in as.
            (actor.connectionId === null ||
              group.approvals.some(({ connectionId }) => connectionId === actor.connectionId)),
        );
        return {
          rows: groups.map(({ username, userId, approvals }) => ({
            username,
            userId,
            count: approvals.length,
            connections: approvals
              // Whoever may touch one connection only is not told of the others.
              .filter(({ connectionId }) => (actor.connectionId ?? connectionId) === connectionId)
              .map(({ connectionId, name }) => ({ id: connectionId, name })),
          })),
          limit: APPROVALS_PER_USER,
        };
      },
    }),
    ...(
      [
        ['disconnect', false, 'Sign out of Salesforce; mapping, identifier and the org stay'],
        [
          'salesforce/switch-organization',
          true,
          'Sign out of Salesforce and untie the connection from its org, so that another may follow',
        ],
      ] as const
    ).map(([path, switching, summary]) =>
      route({
        method: 'post',
        path: `${CONNECTION}/${path}`,
        tag: TAG,
        summary,
        answer: connectionShape,
        async handle({ connection, actor, req }) {
          await disconnect(services, connection, actor.name, { switching });
          return showConnection(services, connection.id, req);
        },
      }),
    ),
  ];
}

function readApp(body: z.output<typeof salesforceShape>, origin: string, config: Config): SalesforceApp {
  if (body.flow === 'jwt-bearer') {
    const { flow, clientId, username, privateKey } = body;
    return { flow, clientId, username, privateKey };
  }
  if (body.flow === 'client-credentials') {
    if (/^https:\/\/(login|test)\.salesforce\.com$/.test(origin)) {
      throw badField('domain', 'Client credentials work at the My Domain of the org only: give its name.');
    }
    return { flow: body.flow, clientId: body.clientId, clientSecret: body.clientSecret };
  }
  const clientId = body.clientId ?? config.salesforceApp?.clientId;
  if (clientId === undefined) {
    throw badField('clientId', 'is needed: this companion has no app of its own (SALESFORCE_CLIENT_ID).');
  }
  return { flow: 'web-server', clientId, clientSecret: body.clientSecret };
}

function badField(field: string, problem: string): ApiProblem {
  return new ApiProblem({
    status: 422,
    code: 'invalid-request',
    title: 'The request does not fit',
    detail: `${field}: ${problem}`,
    extra: { errors: [{ field, problem }] },
  });
}
