import { z } from 'zod';
import { reviewPermissions } from '../../connect/review-permissions.ts';
import type { Services } from '../../services.ts';
import { route, type ApiRoute } from './route.ts';
import { salesforceProblem } from './salesforce-problem.ts';

/** What the integration user may do, compared with what is needed. */
export function permissionRoutes(services: Services): ApiRoute[] {
  return [
    route({
      method: 'get',
      path: '/v1/connections/:connectionId/salesforce/permissions',
      tag: 'Salesforce',
      summary: 'Check what the integration user may do',
      description: 'Asks Salesforce each time: two or three API calls.',
      answer: z.object({
        ok: z.boolean(),
        user: z.object({ id: z.string().nullable(), username: z.string().nullable() }),
        checks: z.array(
          z.object({
            name: z.string(),
            ok: z.boolean(),
            missing: z.array(z.string()),
            explanation: z.string(),
            action: z.string(),
          }),
        ),
      }),
      problems: {
        409: 'Not connected',
        422: 'Salesforce refuses the sign-in',
        502: 'Salesforce gave no answer',
      },
      async handle({ connection }) {
        try {
          const { ok, checks } = await reviewPermissions(services, connection);
          const { userId = null, username = null } = connection.salesforce ?? {};
          return { ok, user: { id: userId, username }, checks };
        } catch (error) {
          throw salesforceProblem(error);
        }
      },
    }),
  ];
}
