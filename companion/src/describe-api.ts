import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { describeRoutes } from './console/api/describe-routes.ts';
import type { ApiRoute } from './console/api/route.ts';
import { pushSchema } from './upflow/push-schema.ts';
import { VERSION } from './version.ts';

const problem = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .meta({ description: 'RFC 9457 problem document' });
/** The OpenAPI 3.1 description of everything this service answers. */
export function describeApi(routes: readonly ApiRoute[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'apiToken', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'upflow-companion',
  });
  const connection = { connectionId: z.string() };
  const refusal = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problem } },
  });
  const json = (description: string, schema: z.ZodType) => ({
    description,
    content: { 'application/json': { schema } },
  });

  registry.registerPath({
    method: 'post',
    path: '/v1/connections/{connectionId}/pushes',
    tags: ['Pushes'],
    summary: 'Send a push',
    description:
      'Signed by the Standard Webhooks scheme with a push secret of the connection. ' +
      'The answer 202 means that the push is stored durably; a push id that was seen before has no second effect.',
    request: {
      params: z.object(connection),
      headers: z.object({
        'webhook-id': z.string().meta({ description: 'Stays the same over retries' }),
        'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this attempt' }),
        'webhook-signature': z
          .string()
          .meta({ description: 'One or more of v1,<base64>, separated by spaces' }),
      }),
      body: { required: true, content: { 'application/json': { schema: pushSchema } } },
    },
    responses: {
      202: json('Stored', z.object({ id: z.string(), status: z.literal('accepted') })),
      400: refusal('The body is not JSON'),
      401: refusal('A header is missing, the timestamp is out of tolerance, or no signature matches'),
      404: refusal('Unknown connection'),
      413: refusal('The body is too large'),
      415: refusal('The body is compressed'),
      422: refusal('The body does not fit the schema of its type; `errors` lists each field'),
      503: refusal('The push could not be stored; send it again after Retry-After'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/v1/salesforce/callback',
    tags: ['Salesforce'],
    summary: 'Come back from Salesforce',
    description: 'Salesforce sends browsers here after an approval; it leads on to the console.',
    security: [{ session: [] }],
    request: {
      query: z.object({
        state: z.string(),
        code: z.string().optional(),
        error: z.string().optional(),
        error_description: z.string().optional(),
      }),
    },
    responses: {
      303: { description: 'Leads to the page of the connection' },
      400: refusal('Nobody waits for this answer'),
      403: refusal('Another session began this authorization'),
    },
  });
  const probe = (path: string, summary: string) =>
    registry.registerPath({
      method: 'get',
      path,
      tags: ['Operation'],
      summary,
      responses: { 200: { description: 'Yes' }, 503: refusal('No') },
    });
  probe('/healthz', 'Is the process alive?');
  probe('/readyz', 'Can it do its work: is the database there, and is it not stopping?');
  registry.registerPath({
    method: 'get',
    path: '/metrics',
    tags: ['Operation'],
    summary: 'Figures for Prometheus',
    responses: {
      200: { description: 'Text exposition format', content: { 'text/plain': { schema: z.string() } } },
    },
  });

  describeRoutes(registry, routes);

  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Upflow companion for Salesforce',
      version: VERSION,
      description: 'Receives pushes from Upflow and keeps Salesforce Accounts up to date.',
    },
  });
}
